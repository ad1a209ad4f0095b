import { UserError } from '@conversations/contracts';
import { Database, isUniqueViolation } from '@conversations/persistence';
import { newId } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { GatewaySettings, SETTINGS } from '../config';
import { faultOfPassword, readDisplayName } from './account-rules';
import { lockAdmins } from './admins';
import type { Agent, Role, SignedIn } from './agent';
import { audit } from './audit-log';
import { LoginLimits } from './login-limits';
import { Passwords } from './password';
import { Sessions } from './sessions';

/** An invitation as admins see it; never its token. */
export interface Invitation {
  id: string;
  email: string;
  role: Role;
  invitedBy: string;
  createdAt: Date;
  expiresAt: Date;
}

/** Unknown, used, revoked, replaced or too old: the answer does not tell which. */
export class InvitationEnded extends Error {}
/** What the person typed cannot be an account's name or password. */
export class UnfitAccount extends Error {
  constructor(readonly code: 'INVALID_NAME' | 'WEAK_PASSWORD') {
    super(code);
  }
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const VALID_FOR = '7 days';
const COLUMNS = `i.id, i.email, i.role, i.invited_by AS "invitedBy", i.created_at AS "createdAt", i.expires_at AS "expiresAt"`;
const OPEN = 'ended_at IS NULL AND expires_at > now()';
const hashOf = (token: string) => createHash('sha256').update(token).digest();

/**
 * How an account comes to be: an admin makes a link, its holder chooses name and password, once. The link holds 256
 * random bits, the table their SHA-256.
 */
@Injectable()
export class Invitations {
  constructor(
    private readonly database: Database,
    private readonly limits: LoginLimits,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    @Inject(SETTINGS) private readonly settings: GatewaySettings,
  ) {}

  /** Those that somebody can still use, newest first. */
  async open(): Promise<Invitation[]> {
    return this.database.dataSource.query<Invitation[]>(
      `SELECT ${COLUMNS} FROM agent_invitation i WHERE ${OPEN} ORDER BY i.created_at DESC, i.id DESC`,
    );
  }

  /** Ends an earlier one for the address. Throws INVALID_INPUT, ALREADY_AN_AGENT or FORBIDDEN. */
  async make(
    by: Agent,
    given: { email: string; role: Role },
    address: string,
  ): Promise<{ invitation: Invitation; link: string }> {
    const path = ['input', 'email'];
    const read = z.email().max(320).safeParse(given.email.trim().toLowerCase());
    if (!read.success) throw new UserError('INVALID_INPUT', 'This is not an email address', { path });
    const email = read.data;
    const token = randomBytes(32).toString('base64url');
    const invitation = await this.database.transaction(async (tx) => {
      await lockAdmins(tx, by.id);
      await tx.query(
        `UPDATE agent_invitation SET ended_at = now(), ended = 'replaced' WHERE email = $1 AND ended_at IS NULL`,
        [email],
      );
      // Asked after the statement above, which waits for somebody who is taking the earlier invitation just now.
      const known = await tx.query<{ id: string }[]>('SELECT id FROM agent WHERE email = $1', [email]);
      if (known.length > 0) throw new UserError('ALREADY_AN_AGENT', 'An agent has this address already', { path });
      const [made] = await tx.query<Invitation[]>(
        `INSERT INTO agent_invitation AS i (id, email, role, token_hash, invited_by, expires_at)
         VALUES ($1, $2, $3, $4, $5, now() + $6::interval) RETURNING ${COLUMNS}`,
        [newId('inv'), email, given.role, hashOf(token), by.id, VALID_FOR],
      );
      if (made === undefined) throw new Error('the invitation was not stored');
      await audit(tx, {
        what: 'agent-invited',
        agentId: by.id,
        address,
        subjectId: made.id,
        detail: { role: given.role },
      });
      return made;
    });
    // Behind "#": browsers do not send it, so no server or proxy ever logs it.
    return { invitation, link: `${this.settings.PUBLIC_ORIGIN}/join#${token}` };
  }

  /** Idempotent. Throws NOT_FOUND for one that never was or that somebody has used, or FORBIDDEN. */
  async revoke(by: Agent, id: string, address: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockAdmins(tx, by.id);
      const [found] = await tx.query<{ ended: string | null }[]>(
        'SELECT ended FROM agent_invitation WHERE id = $1 FOR UPDATE',
        [id],
      );
      const path = ['input', 'id'];
      if (found === undefined) throw new UserError('NOT_FOUND', 'There is no such invitation', { path });
      if (found.ended === 'used') throw new UserError('NOT_FOUND', 'The invitation has been used', { path });
      if (found.ended !== null) return;
      await tx.query(`UPDATE agent_invitation SET ended_at = now(), ended = 'revoked' WHERE id = $1`, [id]);
      await audit(tx, { what: 'invitation-revoked', agentId: by.id, address, subjectId: id });
    });
  }

  /**
   * Makes the account and signs it in; the session that the browser held before ends, its id is `replaced`.
   * Throws InvitationEnded, UnfitAccount, TooManyLogins or SignInBusy.
   */
  async accept(from: {
    token: string;
    displayName: string;
    password: string;
    address: string;
    heldToken: string | undefined;
  }): Promise<{ token: string; signedIn: SignedIn; replaced: string | null }> {
    const attempt = await this.limits.spendInvitation(from.address);
    const id = await this.find(from.token);
    const displayName = readDisplayName(from.displayName);
    if (displayName === null) throw new UnfitAccount('INVALID_NAME');
    if (faultOfPassword(from.password) !== null) throw new UnfitAccount('WEAK_PASSWORD');
    const passwordHash = await this.passwords.hash(from.password);
    try {
      const accepted = await this.database.transaction(async (tx) => {
        const [taken] = await tx.query<{ email: string; role: Role }[]>(
          `WITH taken AS (
             UPDATE agent_invitation SET ended_at = now(), ended = 'used' WHERE id = $1 AND ${OPEN} RETURNING email, role
           ) SELECT email, role FROM taken`,
          [id],
        );
        if (taken === undefined) throw new InvitationEnded();
        const agent: Agent = { id: newId('agt'), ...taken, displayName, active: true };
        await tx.query(
          `INSERT INTO agent (id, email, display_name, password_hash, role, invitation_id)
           VALUES ($1, $2, $3, $4, $5, $6)`,
          [agent.id, agent.email, displayName, passwordHash, agent.role, id],
        );
        const replaced = await this.sessions.end(tx, from.heldToken);
        const begun = await this.sessions.begin(tx, agent);
        await audit(tx, { what: 'invitation-accepted', agentId: agent.id, address: from.address, subjectId: id });
        await audit(tx, { what: 'signed-in', agentId: agent.id, address: from.address });
        return { ...begun, replaced };
      });
      await attempt.refund();
      return accepted;
    } catch (error) {
      if (isUniqueViolation(error)) throw new InvitationEnded();
      throw error;
    }
  }

  private async find(token: string): Promise<string> {
    if (!TOKEN.test(token)) throw new InvitationEnded();
    const [row] = await this.database.dataSource.query<{ id: string }[]>(
      `SELECT id FROM agent_invitation WHERE token_hash = $1 AND ${OPEN}`,
      [hashOf(token)],
    );
    if (row === undefined) throw new InvitationEnded();
    return row.id;
  }
}
