import type { Tx } from '@conversations/persistence';

/** What the append-only log tells of accounts. */
type Audited =
  | 'signed-in'
  | 'agent-invited'
  | 'invitation-revoked'
  | 'invitation-accepted'
  | 'role-changed'
  | 'agent-deactivated'
  | 'agent-reactivated'
  | 'name-changed'
  | 'password-changed';

interface AuditEntry {
  what: Audited;
  /** Who did it. */
  agentId: string;
  /** From where. */
  address: string;
  /** The account or invitation that it was done to, when it is not the doer's own. */
  subjectId?: string;
  /** Never a secret. */
  detail?: Record<string, string>;
}

/** Part of the transaction that does it: there is no change without its entry and no entry without its change. */
export async function audit(tx: Tx, { what, agentId, address, subjectId, detail }: AuditEntry): Promise<void> {
  await tx.query(
    'INSERT INTO audit_entry (what, agent_id, address, subject_id, detail) VALUES ($1, $2, $3, $4, $5::jsonb)',
    [what, agentId, address, subjectId ?? null, detail === undefined ? null : JSON.stringify(detail)],
  );
}
