import { Database } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { AGENT_COLUMNS, type Agent, type SignedIn } from './agent';
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
    const { passwordHash: _, ...agent } = account;
    return this.database.transaction(async (tx) => {
      const replaced = await this.sessions.end(tx, from.heldToken);
      const begun = await this.sessions.begin(tx, agent);
      await tx.query(`INSERT INTO audit_entry (what, agent_id, address) VALUES ('signed-in', $1, $2)`, [
        agent.id,
        from.address,
      ]);
      return { ...begun, replaced };
    });
  }
}
