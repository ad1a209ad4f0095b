export const ROLES = ['VIEWER', 'AGENT', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** An account as the inbox shows it; never its password. */
export interface Agent {
  id: string;
  email: string;
  displayName: string;
  role: Role;
  /** False once deactivated: the account can do nothing, what it wrote keeps pointing at it. */
  active: boolean;
}

/** Who asks, and until when. */
export interface SignedIn {
  sessionId: string;
  agent: Agent;
  expiresAt: Date;
}

/** Columns of {@link Agent} for a query that names the table `a`. */
export const AGENT_COLUMNS = `a.id, a.email, a.display_name AS "displayName", a.role, a.active`;
