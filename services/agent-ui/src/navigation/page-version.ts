/**
 * Tells a page that is open for days whether the server has a newer one: the build writes one version into the page
 * (meta ui-version) and into /version.json.
 */
const own = document.querySelector('meta[name="ui-version"]')?.getAttribute('content') ?? null;

/** False also when the server does not answer or serves no page: that is no reason to reload. */
export async function isNewerPageServed(signal?: AbortSignal): Promise<boolean> {
  if (own === null) return false;
  try {
    const answer = await fetch('/version.json', { signal, cache: 'no-store' });
    if (!answer.ok) return false;
    const { version } = (await answer.json()) as { version?: unknown };
    return typeof version === 'string' && version !== own;
  } catch (error) {
    // Offline, aborted, or an answer that is no JSON.
    if (error instanceof TypeError || error instanceof DOMException || error instanceof SyntaxError) return false;
    throw error;
  }
}
