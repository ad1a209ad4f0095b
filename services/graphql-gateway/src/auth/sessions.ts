import { Database, type Tx } from '@conversations/persistence';
import { newId } from '@conversations/runtime';
import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { GatewaySettings, SETTINGS } from '../config';
import { AGENT_COLUMNS, type Agent, type SignedIn } from './agent';

interface SessionRow extends Agent {
  sessionId: string;
  expiresAt: Date;
  stale: boolean;
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const hashOf = (token: string) => createHash('sha256').update(token).digest();

/**
 * Sessions live in Postgres only: any replica answers any request. The browser holds 256 random bits, the table
 * their SHA-256. A session ends 12 h after its last request or 7 d after sign-in, whichever comes first.
 */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: GatewaySettings,
  ) {}

  /** Always a new id: what the browser held before sign-in is never adopted. */
  async begin(tx: Tx, agent: Agent): Promise<{ token: string; signedIn: SignedIn }> {
    const token = randomBytes(32).toString('base64url');
    const sessionId = newId('ses');
    const rows = await tx.query<{ expiresAt: Date }[]>(
      `INSERT INTO session (id, token_hash, agent_id, expires_at) VALUES ($1, $2, $3, now() + $4::interval)
       RETURNING least(expires_at, last_seen_at + $5::interval) AS "expiresAt"`,
      [sessionId, hashOf(token), agent.id, this.longest, this.idle],
    );
    return { token, signedIn: { sessionId, agent, expiresAt: rows[0]?.expiresAt ?? new Date() } };
  }

  /** Who holds this token; null when it is unknown, over, or its account is deactivated. */
  async find(token: string | undefined): Promise<SignedIn | null> {
    if (token === undefined || !TOKEN.test(token)) return null;
    const [row] = await this.database.dataSource.query<SessionRow[]>(
      `SELECT s.id AS "sessionId", least(s.expires_at, s.last_seen_at + $2::interval) AS "expiresAt",
              s.last_seen_at < now() - interval '1 minute' AS stale, ${AGENT_COLUMNS}
       FROM session s JOIN agent a ON a.id = s.agent_id
       WHERE s.token_hash = $1 AND a.active AND s.expires_at > now() AND s.last_seen_at > now() - $2::interval`,
      [hashOf(token), this.idle],
    );
    if (row === undefined) return null;
    const { sessionId, expiresAt, stale, ...agent } = row;
    // Once a minute is precise enough for a limit of hours and spares a write per request.
    if (stale)
      await this.database.dataSource.query('UPDATE session SET last_seen_at = now() WHERE id = $1', [sessionId]);
    return { sessionId, agent, expiresAt };
  }

  /** Which of these sessions are still good, with the role their agent has now. */
  async stillGood(sessionIds: readonly string[]): Promise<Map<string, Agent['role']>> {
    const rows = await this.database.dataSource.query<{ id: string; role: Agent['role'] }[]>(
      `SELECT s.id, a.role FROM session s JOIN agent a ON a.id = s.agent_id
       WHERE s.id = ANY($1) AND a.active AND s.expires_at > now() AND s.last_seen_at > now() - $2::interval`,
      [sessionIds, this.idle],
    );
    return new Map(rows.map((row) => [row.id, row.role]));
  }

  /** Ends the session of a token; its id, or null when there was none. */
  async end(tx: Tx, token: string | undefined): Promise<string | null> {
    if (token === undefined || !TOKEN.test(token)) return null;
    const rows = await tx.query<{ id: string }[]>(
      'WITH ended AS (DELETE FROM session WHERE token_hash = $1 RETURNING id) SELECT id FROM ended',
      [hashOf(token)],
    );
    return rows[0]?.id ?? null;
  }

  async prune(): Promise<void> {
    await this.database.dataSource.query(
      'DELETE FROM session WHERE expires_at < now() OR last_seen_at < now() - $1::interval',
      [this.idle],
    );
  }

  private get idle(): string {
    return `${String(this.settings.SESSION_IDLE_MINUTES)} minutes`;
  }

  private get longest(): string {
    return `${String(this.settings.SESSION_MAX_HOURS)} hours`;
  }
}
