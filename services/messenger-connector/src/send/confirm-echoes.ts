import type { Tx } from '@conversations/persistence';
import type { Item, MessageFact } from '../normalise/fact';
import type { MessengerPage } from '../pages/messenger-config';

export type EchoItem = Item & { fact: MessageFact };

interface Confirmed {
  id: string;
  message_id: string;
  place: number;
}

/**
 * Echoes of our own parts settle them, by the metadata or by the mid, and may come before the answer. What remains was written elsewhere, but
 * for echoes that may still turn out to be ours: those wait until every part of their thread has its answer. Resolves
 * with the messages that changed and the echoes from elsewhere.
 */
export async function confirmEchoes(
  tx: Tx,
  echoes: readonly EchoItem[],
  pageOf: (pageId: string) => MessengerPage | undefined,
  parkMs: number,
): Promise<{ changed: string[]; external: EchoItem[] }> {
  if (echoes.length === 0) return { changed: [], external: [] };
  const confirmed = await settleByEcho(tx, echoes);
  await dropRepetitions(tx, confirmed);
  const ours = new Set(confirmed.map(({ mid }) => mid));
  const others = echoes.filter(({ pageId, fact }) => !ours.has(`${pageId} ${fact.mid ?? ''}`));
  const busy = await threadsUnderWay(tx, others);
  const external: EchoItem[] = [];
  const parked: EchoItem[] = [];
  for (const echo of others) {
    const { appId, mid, personId } = echo.fact;
    const mayBeOurs = appId === null || appId === pageOf(echo.pageId)?.app.id;
    const waits = mid !== null && mayBeOurs && busy.has(`${echo.pageId} ${personId}`);
    (waits ? parked : external).push(echo);
  }
  await park(tx, parked, parkMs);
  return { changed: [...new Set(confirmed.map(({ message_id: id }) => id))], external };
}

async function settleByEcho(tx: Tx, echoes: readonly EchoItem[]): Promise<(Confirmed & { mid: string })[]> {
  const [rows] = await tx.query<[(Confirmed & { echo: string })[], number]>(
    `UPDATE part SET state = 'sent', mid = coalesce(part.mid, echo.mid), sent_at = echo.at, check_at = NULL,
       failure_code = NULL, detail = NULL
     FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) AS echo (page_id, mid, metadata, at)
     WHERE part.page_id = echo.page_id AND (part.id = echo.metadata OR part.mid = echo.mid)
     RETURNING part.id, part.message_id, part.place, echo.page_id || ' ' || coalesce(echo.mid, '') AS echo`,
    [
      echoes.map(({ pageId }) => pageId),
      echoes.map(({ fact }) => fact.mid),
      echoes.map(({ fact }) => fact.metadata),
      echoes.map(({ fact }) => new Date(fact.at).toISOString()),
    ],
  );
  return rows.map(({ echo, ...row }) => ({ ...row, mid: echo }));
}

/** A person sent it again, and now the first copy turns out to have arrived: the second stays here. */
async function dropRepetitions(tx: Tx, confirmed: readonly Confirmed[]): Promise<void> {
  if (confirmed.length === 0) return;
  await tx.query(
    `UPDATE part SET state = 'failed', failure_code = 'ARRIVED_BEFORE'
     FROM unnest($1::text[], $2::int[]) AS arrived (message_id, place)
     WHERE part.message_id = arrived.message_id AND part.place = arrived.place AND part.state = 'queued'`,
    [confirmed.map(({ message_id: id }) => id), confirmed.map(({ place }) => place)],
  );
}

async function threadsUnderWay(tx: Tx, echoes: readonly EchoItem[]): Promise<Set<string>> {
  if (echoes.length === 0) return new Set();
  const rows = await tx.query<{ page_id: string; person_id: string }[]>(
    `SELECT DISTINCT page_id, person_id FROM part JOIN unnest($1::text[], $2::text[]) AS echo (page_id, person_id)
       USING (page_id, person_id)
     WHERE open AND state <> 'queued'`,
    [echoes.map(({ pageId }) => pageId), echoes.map(({ fact }) => fact.personId)],
  );
  return new Set(rows.map(({ page_id, person_id }) => `${page_id} ${person_id}`));
}

async function park(tx: Tx, echoes: readonly EchoItem[], parkMs: number): Promise<void> {
  if (echoes.length === 0) return;
  await tx.query(
    `INSERT INTO echo (page_id, mid, person_id, item, due_at)
     SELECT page_id, mid, person_id, item, now() + $5 * interval '1 ms'
     FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[]) AS new (page_id, mid, person_id, item)
     ON CONFLICT DO NOTHING`,
    [
      echoes.map(({ pageId }) => pageId),
      echoes.map(({ fact }) => fact.mid),
      echoes.map(({ fact }) => fact.personId),
      echoes.map((echo) => JSON.stringify(echo)),
      parkMs,
    ],
  );
}
