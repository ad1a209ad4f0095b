import { AgentChanged, SessionEnded, UserError } from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { Database, type Tx } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { faultOfPassword, readDisplayName } from './account-rules';
import { lockAdmins } from './admins';
import { AGENT_COLUMNS, type Agent, type Role, type SignedIn } from './agent';
import { audit } from './audit-log';
import { LoginLimits } from './login-limits';
import { Passwords } from './password';

const PASSWORD_FAULTS = {
  TOO_SHORT: ['INVALID_INPUT', 'The password is shorter than 12 characters'],
  TOO_LONG: ['TOO_LONG', 'The password is longer than 200 characters'],
  NOT_TEXT: ['INVALID_INPUT', 'The password contains a character that is not text'],
} as const;

const isActiveAdmin = ({ role, active }: Agent) => active && role === 'ADMIN';

/** Changes to accounts that are there. Every one is in the audit log, and every replica hears of it. */
@Injectable()
export class Accounts {
  constructor(
    private readonly database: Database,
    private readonly messaging: Messaging,
    private readonly limits: LoginLimits,
    private readonly passwords: Passwords,
  ) {}

  /** Role and access of an agent. Throws NOT_FOUND, LAST_ADMIN or FORBIDDEN. */
  async update(
    by: Agent,
    given: { id: string; role: Role | null; active: boolean | null },
    address: string,
  ): Promise<Agent> {
    const { agent, ended } = await this.database.transaction(async (tx) => {
      const admins = await lockAdmins(tx, by.id);
      const [before] = await tx.query<Agent[]>(
        `SELECT ${AGENT_COLUMNS} FROM agent a WHERE a.id = $1 FOR NO KEY UPDATE`,
        [given.id],
      );
      if (before === undefined) throw new UserError('NOT_FOUND', 'There is no such agent', { path: ['input', 'id'] });
      const after: Agent = { ...before, role: given.role ?? before.role, active: given.active ?? before.active };
      if (isActiveAdmin(before) && !isActiveAdmin(after) && admins.length === 1)
        throw new UserError('LAST_ADMIN', 'This is the last active admin: make another agent an admin first', {
          path: ['input', after.active ? 'role' : 'active'],
        });
      await tx.query('UPDATE agent SET role = $2, active = $3 WHERE id = $1', [after.id, after.role, after.active]);
      const entry = { agentId: by.id, address, subjectId: after.id };
      if (after.role !== before.role)
        await audit(tx, { ...entry, what: 'role-changed', detail: { from: before.role, to: after.role } });
      if (after.active !== before.active)
        await audit(tx, { ...entry, what: after.active ? 'agent-reactivated' : 'agent-deactivated' });
      return { agent: after, ended: after.active ? [] : await this.endSessions(tx, after.id, null) };
    });
    this.tell(agent.id, ended);
    return agent;
  }

  /** The name that stands beside what the agent does. Throws INVALID_INPUT. */
  async rename({ agent }: SignedIn, given: string, address: string): Promise<Agent> {
    const displayName = readDisplayName(given);
    if (displayName === null)
      throw new UserError('INVALID_INPUT', 'A name has 1 to 80 characters', { path: ['input', 'displayName'] });
    const renamed = await this.database.transaction(async (tx) => {
      const [before] = await tx.query<Agent[]>(
        `SELECT ${AGENT_COLUMNS} FROM agent a WHERE a.id = $1 FOR NO KEY UPDATE`,
        [agent.id],
      );
      if (before === undefined) throw new Error(`no account ${agent.id}`);
      if (before.displayName === displayName) return before;
      await tx.query('UPDATE agent SET display_name = $2 WHERE id = $1', [agent.id, displayName]);
      await audit(tx, {
        what: 'name-changed',
        agentId: agent.id,
        address,
        detail: { from: before.displayName, to: displayName },
      });
      return { ...before, displayName };
    });
    this.tell(renamed.id, []);
    return renamed;
  }

  /**
   * Ends every other session of the agent. Throws INVALID_INPUT, TOO_LONG or WRONG_PASSWORD; TooManyLogins, as guesses
   * here count as failed sign-ins; SignInBusy.
   */
  async changePassword(
    { agent, sessionId }: SignedIn,
    given: { currentPassword: string; newPassword: string },
    address: string,
  ): Promise<Agent> {
    const fault = faultOfPassword(given.newPassword);
    if (fault !== null) {
      const [code, message] = PASSWORD_FAULTS[fault];
      throw new UserError(code, message, { path: ['input', 'newPassword'] });
    }
    const wrong = () =>
      new UserError('WRONG_PASSWORD', 'This is not your current password', { path: ['input', 'currentPassword'] });
    const attempt = await this.limits.spend(address, agent.email);
    const [stored] = await this.database.dataSource.query<{ hash: string | null }[]>(
      'SELECT password_hash AS hash FROM agent WHERE id = $1',
      [agent.id],
    );
    const held = stored?.hash ?? null;
    if (!(await this.passwords.matches(held, given.currentPassword))) throw wrong();
    await attempt.refund();
    const hash = await this.passwords.hash(given.newPassword);
    const ended = await this.database.transaction(async (tx) => {
      // Somebody may have changed it, or taken the account's access, while the hashes were made.
      const changed = await tx.query<{ id: string }[]>(
        `WITH changed AS (
           UPDATE agent SET password_hash = $3 WHERE id = $1 AND password_hash = $2 AND active RETURNING id
         ) SELECT id FROM changed`,
        [agent.id, held, hash],
      );
      if (changed.length === 0) throw wrong();
      await audit(tx, { what: 'password-changed', agentId: agent.id, address });
      return this.endSessions(tx, agent.id, sessionId);
    });
    this.tell(agent.id, ended);
    return agent;
  }

  /** After the account's row was written: a sign-in that read the row before has committed its session by then. */
  private async endSessions(tx: Tx, agentId: string, except: string | null): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `WITH ended AS (DELETE FROM session WHERE agent_id = $1 AND id IS DISTINCT FROM $2 RETURNING id)
       SELECT id FROM ended`,
      [agentId, except],
    );
    return rows.map(({ id }) => id);
  }

  private tell(agentId: string, endedSessions: readonly string[]): void {
    for (const sessionId of endedSessions) this.messaging.publishLive(SessionEnded, agentId, { agentId, sessionId });
    this.messaging.publishLive(AgentChanged, agentId, { agentId });
  }
}
