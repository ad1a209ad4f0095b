import type { OlderMessages } from '@conversations/contracts';

/** @throws when the gateway does not answer with a page within 15 s */
export async function fetchOlderMessages(query: {
  origin: string;
  site: string;
  token: string;
  before: number;
}): Promise<OlderMessages> {
  const { origin, site, token, before } = query;
  const address = `${origin}/widget/v1/messages?${new URLSearchParams({ site, before: String(before) }).toString()}`;
  const answer = await fetch(address, {
    headers: { authorization: `Bearer ${token}` },
    cache: 'no-store',
    signal: AbortSignal.timeout(15_000),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`older messages: HTTP ${String(answer.status)}`);
  return JSON.parse(text) as OlderMessages;
}
