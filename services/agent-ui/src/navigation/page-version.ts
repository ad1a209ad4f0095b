/**
 * Tells a page that is open for days whether the server has a newer one: the build writes one version into the page
 * (meta ui-version) and into /version.json.
 */
const own = document.querySelector('meta[name="ui-version"]')?.getAttribute('content') ?? null;

/** A browser makes few connections to one server: a question that hangs on a dead one must not keep it. */
const ANSWER_MS = 10_000;

/** False also when the server does not answer or serves no page: that is no reason to reload. */
export async function isNewerPageServed(): Promise<boolean> {
  const served = await servedPage();
  return typeof served?.version === 'string' && served.version !== own;
}

/**
 * Brings the code that this page loads only when it needs it into the browser's cache, one file after the other. Not by
 * importing it, for an import that hangs on a dead connection cannot be given up. False: not all of it could be had now.
 */
export async function cacheLaterCode(): Promise<boolean> {
  const served = await servedPage();
  if (served === null) return own === null;
  // The server has a newer page, and this one's code perhaps no longer.
  if (served.version !== own || !Array.isArray(served.later)) return true;
  try {
    for (const file of served.later as string[])
      await (await fetch(file, { signal: AbortSignal.timeout(ANSWER_MS) })).arrayBuffer();
    return true;
  } catch (error) {
    if (isNoAnswer(error)) return false;
    throw error;
  }
}

async function servedPage(): Promise<{ version?: unknown; later?: unknown } | null> {
  if (own === null) return null;
  try {
    const answer = await fetch('/version.json', { signal: AbortSignal.timeout(ANSWER_MS), cache: 'no-store' });
    const text = await answer.text();
    return answer.ok ? (JSON.parse(text) as { version?: unknown }) : null;
  } catch (error) {
    if (isNoAnswer(error)) return null;
    throw error;
  }
}

/** Offline, given up, or an answer that is no JSON. */
const isNoAnswer = (error: unknown): boolean =>
  error instanceof TypeError || error instanceof DOMException || error instanceof SyntaxError;
