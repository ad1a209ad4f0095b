import type { Tx } from '@conversations/persistence';

/** Mails to one domain that may go out at once before the pace counts. */
const BURST = 10;

/**
 * Takes the next place in a domain's queue, over all replicas: null when it is now, else how long to wait. One row for each domain
 * holds the moment from which it is free again (generic cell rate algorithm).
 */
export async function takePlace(tx: Tx, domain: string, perMinute: number): Promise<Date | null> {
  const seconds = 60 / perMinute;
  const taken: unknown[] = await tx.query(
    `INSERT INTO domain_pace AS p (domain, free_at) VALUES ($1, clock_timestamp() + make_interval(secs => $2))
     ON CONFLICT (domain) DO UPDATE
       SET free_at = greatest(p.free_at, clock_timestamp()) + make_interval(secs => $2)
       WHERE p.free_at <= clock_timestamp() + make_interval(secs => $3)
     RETURNING domain`,
    [domain, seconds, seconds * BURST],
  );
  if (taken.length > 0) return null;
  const [row] = await tx.query<{ at: Date }[]>(
    'SELECT free_at - make_interval(secs => $2) AS at FROM domain_pace WHERE domain = $1',
    [domain, seconds * BURST],
  );
  return row?.at ?? new Date();
}
