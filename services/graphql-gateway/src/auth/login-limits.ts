import { Database } from '@conversations/persistence';
import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { GatewaySettings, SETTINGS } from '../config';

/** Too many failed sign-ins for this address or account; the same answer whether the account exists or not. */
export class TooManyLogins extends Error {
  constructor(readonly retryAfterMs: number) {
    super('too many sign-ins');
  }
}

/** One attempt that was counted; `refund` takes it back after a success. */
interface Attempt {
  refund: () => Promise<void>;
}

interface Counter {
  key: string;
  attempts: number;
  retry_after_ms: number;
}

/** Keys are hashed: the table holds neither addresses nor accounts in the clear. */
const hashed = (kind: string, ...parts: string[]) =>
  createHash('sha256')
    .update(JSON.stringify([kind, ...parts]))
    .digest('hex');

/** What one household or host holds: the address itself, of IPv6 the first 64 bits. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.toLowerCase().startsWith('::ffff:')) return address;
  const [before = [], tail] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = tail === undefined ? 0 : 8 - before.length - tail.length;
  return [...before, ...Array<string>(zeros).fill('0'), ...(tail ?? [])].slice(0, 4).join(':');
}

/** Counts sign-ins in Postgres, so that all replicas share one limit. */
@Injectable()
export class LoginLimits {
  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: GatewaySettings,
  ) {}

  /**
   * Counts one attempt before its password is checked: parallel guesses cannot slip through together.
   * Returns what takes the attempt back after a success. Throws {@link TooManyLogins}.
   */
  async spend(address: string, email: string): Promise<Attempt> {
    const network = networkOf(address);
    const pair = hashed('pair', network, email);
    return this.count(
      pair,
      new Map([
        [pair, this.settings.LOGIN_LIMIT_PER_ADDRESS_AND_ACCOUNT],
        [hashed('address', network), this.settings.LOGIN_LIMIT_PER_ADDRESS],
        [hashed('account', email), this.settings.LOGIN_LIMIT_PER_ACCOUNT],
      ]),
    );
  }

  /** The same for taking an invitation, of which no account is known yet. Throws {@link TooManyLogins}. */
  async spendInvitation(address: string): Promise<Attempt> {
    const key = hashed('invitation', networkOf(address));
    return this.count(key, new Map([[key, this.settings.LOGIN_LIMIT_PER_ADDRESS]]));
  }

  private async count(cleared: string, limits: Map<string, number>): Promise<Attempt> {
    // Sorted keys: parallel sign-ins lock the rows in one order.
    const keys = [...limits.keys()].sort();
    const counters = await this.database.transaction((tx) =>
      tx.query<Counter[]>(
        `INSERT INTO login_attempt AS l (key, attempts)
         SELECT key, 1 FROM unnest($1::text[]) WITH ORDINALITY AS given (key, nth) ORDER BY nth
         ON CONFLICT (key) DO UPDATE SET
           attempts = CASE WHEN l.window_started_at < now() - $2::interval THEN 1 ELSE l.attempts + 1 END,
           window_started_at = CASE WHEN l.window_started_at < now() - $2::interval THEN now() ELSE l.window_started_at END
         RETURNING key, attempts, (1000 * extract(epoch FROM window_started_at + $2::interval - now()))::int AS retry_after_ms`,
        [keys, this.window],
      ),
    );
    const over = counters.filter((counter) => counter.attempts > (limits.get(counter.key) ?? 0));
    if (over.length > 0) throw new TooManyLogins(Math.max(1_000, ...over.map((counter) => counter.retry_after_ms)));
    return { refund: () => this.refund(cleared, keys) };
  }

  private async refund(cleared: string, keys: string[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(
        `UPDATE login_attempt SET attempts = CASE WHEN key = $1 THEN 0 ELSE greatest(attempts - 1, 0) END
         WHERE key IN (SELECT key FROM login_attempt WHERE key = ANY($2) ORDER BY key FOR UPDATE)`,
        [cleared, keys],
      );
    });
  }

  /** Forgets windows that are over. */
  async prune(): Promise<void> {
    await this.database.transaction((tx) =>
      tx.query('DELETE FROM login_attempt WHERE window_started_at < now() - 2 * $1::interval', [this.window]),
    );
  }

  private get window(): string {
    return `${String(this.settings.LOGIN_WINDOW_MINUTES)} minutes`;
  }
}
