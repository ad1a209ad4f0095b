import type { AttachmentLink } from '@conversations/contracts';

/** A click may come a little after the address was looked at. */
const MARGIN_MS = 10_000;

/** True when an address is not good any more, or was never given. */
export function isOver(url: string, now: number = Date.now()): boolean {
  const until = Number(new URLSearchParams(url.split('?')[1] ?? '').get('until'));
  return until * 1_000 - MARGIN_MS < now;
}

/** A new address of a file of the own thread; null when the gateway gives none. */
export async function fetchLink(query: { site: string; token: string; attachmentId: string }): Promise<string | null> {
  const { site, token, attachmentId } = query;
  const path = `/widget/v1/attachments/${encodeURIComponent(attachmentId)}/link`;
  try {
    const answer = await fetch(`${path}?${new URLSearchParams({ site }).toString()}`, {
      headers: { authorization: `Bearer ${token}` },
      cache: 'no-store',
      signal: AbortSignal.timeout(15_000),
    });
    const text = await answer.text();
    return answer.ok ? (JSON.parse(text) as AttachmentLink).url : null;
  } catch {
    return null;
  }
}
