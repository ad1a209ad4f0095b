import type { Tx } from '@conversations/persistence';
import type { OutboundSettings } from './outbound-settings';
import type { Send } from './send.entity';

type Caps = Pick<
  OutboundSettings,
  'EMAIL_UNVERIFIED_PER_ADDRESS' | 'EMAIL_UNVERIFIED_PER_VISITOR' | 'EMAIL_UNVERIFIED_OVERALL'
>;

/**
 * An address that was typed into a form may be a victim's. Which cap the stored `send` to such an address goes over, in words, or null.
 * One transaction at a time counts, so that many at once do not all find room.
 */
export async function unverifiedCapReached(tx: Tx, send: Send, caps: Caps): Promise<string | null> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('email:unverified', 0))");
  const [sent] = await tx.query<{ address: number; visitor: number; overall: number }[]>(
    `SELECT count(*) FILTER (WHERE address = $1)::int AS address,
       count(*) FILTER (WHERE visitor_id = $2)::int AS visitor, count(*)::int AS overall
     FROM send
     WHERE NOT verified AND accepted_at > clock_timestamp() - interval '24 hours'
       AND failure_code IS DISTINCT FROM 'UNVERIFIED_LIMIT'`,
    [send.address, send.visitorId],
  );
  const { address = 0, visitor = 0, overall = 0 } = sent ?? {};
  const of = (most: number, whom: string) =>
    `${most} mails in 24 hours went to ${whom} that nobody has confirmed by writing from it.`;
  if (address > caps.EMAIL_UNVERIFIED_PER_ADDRESS) return of(caps.EMAIL_UNVERIFIED_PER_ADDRESS, 'this address');
  if (visitor > caps.EMAIL_UNVERIFIED_PER_VISITOR)
    return of(caps.EMAIL_UNVERIFIED_PER_VISITOR, 'addresses of this visitor');
  return overall > caps.EMAIL_UNVERIFIED_OVERALL ? of(caps.EMAIL_UNVERIFIED_OVERALL, 'addresses') : null;
}
