import { createHash } from 'node:crypto';
import { MessengerPageChanged } from '@conversations/contracts';
import { emitAll, type Tx } from '@conversations/persistence';
import type { MessengerPage } from './messenger-config';

export type Health =
  | 'OK'
  | 'TOKEN_INVALID'
  | 'PERMISSION'
  | 'RESTRICTED'
  | 'THROTTLED'
  | 'UNSUBSCRIBED'
  /** The configuration says so. */
  | 'DISABLED';

/** Throttled pages send later, unsubscribed ones hear nothing: in both, an agent may write. */
const canSend = (health: Health) => health === 'OK' || health === 'THROTTLED' || health === 'UNSUBSCRIBED';

/** Tells one token from another without being one. */
const markOf = (token: string) => createHash('sha256').update(token).digest('hex').slice(0, 16);

interface PageRow {
  id: string;
  name: string;
  can_send: boolean;
}

/**
 * Writes down how a page is, and tells of it when that changes whether replies can be sent. `detail` is Facebook's own words.
 * With `unless`, pages in one of these states stay as they are.
 */
export async function noteHealth(
  tx: Tx,
  pageId: string,
  health: Health,
  { detail = null, probeAfterMs, unless = [] }: { detail?: string | null; probeAfterMs: number; unless?: Health[] },
): Promise<void> {
  const [before] = await tx.query<PageRow[]>('SELECT id, name, can_send FROM page WHERE id = $1 FOR UPDATE', [pageId]);
  if (!before) return;
  const [changed] = await tx.query<[PageRow[], number]>(
    `UPDATE page SET health = $2, detail = $3, can_send = $4, probe_at = now() + $5 * interval '1 ms',
       since = CASE WHEN health = $2 THEN since ELSE now() END,
       throttles = CASE WHEN $2 = 'OK' THEN 0 ELSE throttles END
     WHERE id = $1 AND NOT health = ANY($6) RETURNING id, name, can_send`,
    [pageId, health, detail, canSend(health), probeAfterMs, ['DISABLED', ...unless]],
  );
  if (changed[0] && changed[0].can_send !== before.can_send) await tellOf(tx, changed);
}

/**
 * Makes the rows of new pages, and tells of those, of new names, and of what was switched on or off. A page with another token
 * than before counts as well until the probe, which is due at once, says otherwise.
 */
export async function syncPages(tx: Tx, pages: readonly MessengerPage[]): Promise<void> {
  for (const { id, name, enabled, token } of [...pages].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const [before] = await tx.query<PageRow[]>('SELECT id, name, can_send FROM page WHERE id = $1 FOR UPDATE', [id]);
    const written = await tx.query<PageRow[]>(
      `INSERT INTO page (id, name, health, can_send, since, probe_at, token_mark)
       VALUES ($1, $2, $3, $4, now(), now(), $5)
       ON CONFLICT (id) DO UPDATE SET name = $2,
         health = CASE WHEN changed THEN $3 ELSE page.health END,
         can_send = CASE WHEN changed THEN $4 ELSE page.can_send END,
         detail = CASE WHEN changed THEN NULL ELSE page.detail END,
         since = CASE WHEN changed THEN now() ELSE page.since END,
         backoff_until = CASE WHEN changed THEN NULL ELSE page.backoff_until END,
         probe_at = now(), token_mark = $5
       RETURNING id, name, can_send`.replaceAll(
        'changed',
        `(page.token_mark IS DISTINCT FROM $5 OR (page.health = 'DISABLED') <> ($3 = 'DISABLED'))`,
      ),
      [id, name, enabled ? 'OK' : 'DISABLED', enabled, markOf(token)],
    );
    const now = written[0];
    if (now && (now.can_send !== before?.can_send || now.name !== before.name)) await tellOf(tx, [now]);
  }
}

async function tellOf(tx: Tx, pages: readonly PageRow[]): Promise<void> {
  const at = new Date().toISOString();
  await emitAll(
    tx,
    pages.map(({ id, name, can_send }) => ({
      contract: MessengerPageChanged,
      key: id,
      data: { pageId: id, pageName: name, canSend: can_send, at },
    })),
  );
}

const LONGEST_BACKOFF_MS = 60_000;

/** Nothing is sent through the page for at least `askedMs`, longer with each time in a row that it is throttled. */
export async function backOff(tx: Tx, pageId: string, askedMs: number, detail: string): Promise<void> {
  await tx.query(
    `UPDATE page SET throttles = throttles + 1,
       backoff_until = greatest(backoff_until, now() + greatest($2, least(1000 * 2 ^ least(throttles, 10), $3)) * interval '1 ms'),
       since = CASE WHEN health = 'OK' THEN now() ELSE since END,
       detail = CASE WHEN health IN ('OK', 'THROTTLED') THEN $4 ELSE detail END,
       health = CASE WHEN health = 'OK' THEN 'THROTTLED' ELSE health END
     WHERE id = $1`,
    [pageId, askedMs, LONGEST_BACKOFF_MS, detail],
  );
}

/** A page that is near its limit waits a moment; that is no illness. */
export async function slowDown(tx: Tx, pageId: string, backoffMs: number): Promise<void> {
  await tx.query(
    `UPDATE page SET backoff_until = greatest(backoff_until, now() + $2 * interval '1 ms') WHERE id = $1`,
    [pageId, backoffMs],
  );
}
