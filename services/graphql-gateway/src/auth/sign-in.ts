import { Database } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { AGENT_COLUMNS, type Agent, type SignedIn } from './agent';
import { audit } from './audit-log';
import { LoginLimits } from './login-limits';
import { Passwords } from './password';
import { Sessions } from './sessions';

/** Wrong address or password, or a deactivated account: the answer does not tell which. */
export class LoginRefused extends Error {}

@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly limits: LoginLimits,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
  ) {}

  /**
   * Checks the password and begins a session; the one that the browser held before ends, its id is `replaced`.
   * Throws {@link LoginRefused}, TooManyLogins or SignInBusy.
   */
  async run(from: { email: string; password: string; address: string; heldToken: string | undefined }): Promise<{
    token: string;
    signedIn: SignedIn;
    replaced: string | null;
  }> {
    const email = from.email.toLowerCase();
    const attempt = await this.limits.spend(from.address, email);
    const [account] = await this.database.dataSource.query<(Agent & { passwordHash: string | null })[]>(
      `SELECT ${AGENT_COLUMNS}, a.password_hash AS "passwordHash" FROM agent a WHERE a.email = $1`,
      [email],
    );
    const known = await this.passwords.matches(account?.passwordHash ?? null, from.password);
    if (account === undefined || !known || !account.active) throw new LoginRefused();
    await attempt.refund();
    return this.database.transaction(async (tx) => {
      // Held until the session is there, so that whoever takes access or changes the password meanwhile ends it too.
      const [agent] = await tx.query<Agent[]>(
        `SELECT ${AGENT_COLUMNS} FROM agent a WHERE a.id = $1 AND a.active AND a.password_hash = $2 FOR SHARE`,
        [account.id, account.passwordHash],
      );
      if (agent === undefined) throw new LoginRefused();
      const replaced = await this.sessions.end(tx, from.heldToken);
      const begun = await this.sessions.begin(tx, agent);
      await audit(tx, { what: 'signed-in', agentId: agent.id, address: from.address });
      return { ...begun, replaced };
    });
  }
}
