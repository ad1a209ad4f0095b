import type { Tx } from '@conversations/persistence';

/** Counts an automatic reply of this address; false when the hour has had its share. */
export async function mayStillAutoReply(tx: Tx, address: string, perHour: number): Promise<boolean> {
  const [row] = await tx.query<{ count: number }[]>(
    `INSERT INTO automatic_mail (address, hour, count) VALUES ($1, date_trunc('hour', clock_timestamp()), 1)
     ON CONFLICT (address, hour) DO UPDATE SET count = automatic_mail.count + 1 RETURNING count`,
    [address],
  );
  return (row?.count ?? 0) <= perHour;
}
