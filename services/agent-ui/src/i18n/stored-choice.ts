/** What this browser remembers of a person's choices. Storage may be switched off: then a choice lasts as long as the page. */
const unstored = new Map<string, string>();

export function readChoice<T extends string>(key: string, choices: readonly T[], otherwise: T): T {
  const stored = unstored.get(key) ?? readStorage(key);
  return choices.find((choice) => choice === stored) ?? otherwise;
}

export function readNumber(key: string, otherwise: number): number {
  const stored = Number.parseFloat(unstored.get(key) ?? readStorage(key) ?? '');
  return Number.isFinite(stored) ? stored : otherwise;
}

export function storeChoice(key: string, choice: string): void {
  unstored.set(key, choice);
  try {
    localStorage.setItem(key, choice);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

function readStorage(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return null;
  }
}
