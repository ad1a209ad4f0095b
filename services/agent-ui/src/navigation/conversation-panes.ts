import { useEffect, useState } from 'react';

async function load() {
  const [{ ThreadPane }, { DetailsPane }] = await Promise.all([import('../thread'), import('../details')]);
  return { ThreadPane, DetailsPane };
}

type Panes = Awaited<ReturnType<typeof load>>;

let loaded: Panes | null = null;
/** Begins with the page: the code of an open conversation comes while the list is asked for. */
let loading: Promise<Panes> | null = load();
// Whoever needs it is told below; without this a failure nobody waits for would be reported as unhandled.
loading.catch(() => undefined);

/** Once it is there it is there at once, so that the thread can take the focus in the moment in which it opens. */
export function useConversationPanes(): Panes | null {
  const [panes, setPanes] = useState(loaded);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    if (loaded !== null) return setPanes(loaded);
    let here = true;
    loading ??= load();
    loading.then(
      (found) => {
        loaded = found;
        if (here) setPanes(found);
      },
      (error: unknown) => {
        loading = null;
        if (here) setFailure(error);
      },
    );
    return () => void (here = false);
  }, []);
  if (failure !== null) throw failure;
  return panes;
}
