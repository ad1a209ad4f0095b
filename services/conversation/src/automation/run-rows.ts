import type { Tx } from '@conversations/persistence';
import { prepared } from '@conversations/persistence';
import type { RunState } from './run-flow';

/** The run of one conversation, with the version of the flow that it began with. Guarded by the conversation's row lock. */
export interface Run {
  conversationId: string;
  flowVersion: number;
  state: RunState;
}

interface Row {
  conversationId: string;
  flowVersion: number;
  status: RunState['status'];
  stepId: string | null;
  dueAt: Date | null;
}

const COLUMNS = `r.conversation_id AS "conversationId", r.flow_version AS "flowVersion", r.status, r.step_id AS "stepId",
  r.due_at AS "dueAt"`;

/** Those of these conversations that are under way; the caller holds the conversations' locks. */
export async function findRuns(tx: Tx, conversationIds: readonly string[]): Promise<Run[]> {
  const rows: Row[] = await tx.query(
    `SELECT ${COLUMNS} FROM automation_run r WHERE r.conversation_id = ANY($1) AND r.status <> 'ENDED'`,
    [conversationIds],
  );
  return rows.map(runOf);
}

/**
 * Locks runs whose wait is over, with their conversations, in one statement that waits for nobody: what another replica has, or an agent's
 * answer just ends, is left out.
 */
export async function takeDueRuns(tx: Tx, at: Date, limit: number): Promise<Run[]> {
  const rows: Row[] = await tx.query(
    `SELECT ${COLUMNS} FROM automation_run r JOIN conversation c ON c.id = r.conversation_id
     WHERE r.status = 'WAITING' AND r.due_at <= $1 ORDER BY r.due_at LIMIT $2 FOR UPDATE OF c, r SKIP LOCKED`,
    [at, limit],
  );
  return rows.map(runOf);
}

const STORE = `INSERT INTO automation_run (conversation_id, flow_version, status, step_id, due_at)
  SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::timestamptz[])
  ON CONFLICT (conversation_id) DO UPDATE SET status = excluded.status, step_id = excluded.step_id, due_at = excluded.due_at`;

/** Writes runs in one statement, new and changed ones. */
export async function storeRuns(tx: Tx, runs: readonly Run[]): Promise<void> {
  await prepared(tx, 'automation-run-store', STORE, [
    runs.map(({ conversationId }) => conversationId),
    runs.map(({ flowVersion }) => flowVersion),
    runs.map(({ state }) => state.status),
    runs.map(({ state }) => ('stepId' in state ? state.stepId : null)),
    runs.map(({ state }) => ('dueAt' in state ? state.dueAt : null)),
  ]);
}

/** What {@link runFlow} answers to an agent's reply or a completion, whatever the state: in one statement, without reading it first. */
export async function endRun(tx: Tx, conversationId: string): Promise<void> {
  await tx.query(
    `UPDATE automation_run SET status = 'ENDED', step_id = NULL, due_at = NULL WHERE conversation_id = $1 AND status <> 'ENDED'`,
    [conversationId],
  );
}

function runOf({ conversationId, flowVersion, ...row }: Row): Run {
  return { conversationId, flowVersion, state: stateOf(row) };
}

function stateOf({ status, stepId, dueAt }: Pick<Row, 'status' | 'stepId' | 'dueAt'>): RunState {
  if (status === 'WAITING' && stepId !== null && dueAt !== null) return { status, stepId, dueAt };
  if (status === 'ASKING' && stepId !== null) return { status, stepId };
  return { status: 'ENDED' };
}
