/** First-party storage of the host page, under one prefix; in memory where the browser refuses it. */
export function openHostStorage(prefix: string) {
  const memory = new Map<string, string>();
  const local = permitted(() => localStorage);
  const session = permitted(() => sessionStorage);
  if (local !== null) {
    for (const [key, value] of Object.entries(local) as [string, string][]) {
      if (key.startsWith(prefix)) memory.set(key.slice(prefix.length), value);
    }
  }

  const get = (key: string): string | null => local?.getItem(prefix + key) ?? memory.get(key) ?? null;
  return {
    get,
    all: (): Record<string, string> => Object.fromEntries(memory),
    set(key: string, value: string | null) {
      if (value === null) {
        memory.delete(key);
        local?.removeItem(prefix + key);
        return;
      }
      memory.set(key, value);
      // A full storage keeps the value for as long as the page lives.
      permitted(() => {
        local?.setItem(prefix + key, value);
      });
    },
    returning: () => memory.has('token') || [...memory.keys()].some((key) => key.startsWith('unsent.')),
    wasOpen: () => session?.getItem(`${prefix}open`) === '1',
    rememberOpen(open: boolean) {
      permitted(() => session?.setItem(`${prefix}open`, open ? '1' : '0'));
    },
    onOtherTab(changed: (key: string, value: string | null) => void) {
      addEventListener('storage', ({ key, newValue }) => {
        if (!key?.startsWith(prefix)) return;
        const own = key.slice(prefix.length);
        if (newValue === null) memory.delete(own);
        else memory.set(own, newValue);
        changed(own, newValue);
      });
    },
  };
}

/** Null for what throws: `localStorage` where cookies are blocked or it is full, JSON of a circle. */
export function permitted<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
