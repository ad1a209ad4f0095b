import { setTimeout as pause } from 'node:timers/promises';
import { headers as newHeaders, type MsgHdrs } from 'nats';
import { PublishTimeout } from './failures';
import { NoAnswer, type ReplyInbox } from './reply-inbox';

/** What the stream answered. `duplicate`: it had the id already, within its two minutes, under that sequence. */
export interface PublishAck {
  sequence: number;
  duplicate: boolean;
}

/** A message ready to be stored, e.g. one row of an outbox. */
export interface StoredRow {
  subject: string;
  /** A second message with the same id is dropped by the stream, within two minutes. */
  eventId?: string;
  body: string;
  headers: Record<string, string>;
}

/** The stream refused the message; full, or not ready. */
class PublishRefused extends Error {
  constructor(description: string) {
    super(description);
    this.name = 'PublishRefused';
  }
}

/** One try; a lost connection ends it at once, so this only bounds an answer that the broker itself lost. */
const ATTEMPT_MS = 4_000;

function headersOf(row: StoredRow): MsgHdrs {
  const headers = newHeaders();
  for (const [name, value] of Object.entries(row.headers)) headers.set(name, value);
  if (row.eventId !== undefined) headers.set('Nats-Msg-Id', row.eventId);
  return headers;
}

async function publishOnce(inbox: ReplyInbox, row: StoredRow, timeoutMs: number): Promise<PublishAck> {
  const answer = await inbox.ask(row.subject, row.body, headersOf(row), timeoutMs);
  const ack = answer.json<{ seq?: number; duplicate?: boolean; error?: { description?: string } }>();
  if (ack.seq === undefined) throw new PublishRefused(ack.error?.description ?? 'no sequence in the answer');
  return { sequence: ack.seq, duplicate: ack.duplicate ?? false };
}

/** Tries until the stream confirms, always with the same id. Throws {@link PublishTimeout} after `deadlineMs`. */
export async function publishUntilAcked(inbox: ReplyInbox, row: StoredRow, deadlineMs: number): Promise<PublishAck> {
  const deadline = performance.now() + deadlineMs;
  for (let pauseMs = 25; ; pauseMs = Math.min(pauseMs * 2, 500)) {
    const left = deadline - performance.now();
    try {
      return await publishOnce(inbox, row, Math.min(ATTEMPT_MS, Math.max(left, 1)));
    } catch (error) {
      if (!(error instanceof NoAnswer) && !(error instanceof PublishRefused)) throw error;
      if (left - pauseMs <= 0) throw new PublishTimeout(row.subject, row.eventId ?? '', { cause: error });
      await pause(pauseMs);
    }
  }
}

/**
 * Sends all rows at once, in their order, each tried once; answers in the same order.
 * Rejects with the first failure: rows after it may be stored all the same, their ids make a repetition harmless.
 */
export function publishPipelined(inbox: ReplyInbox, rows: readonly StoredRow[]): Promise<PublishAck[]> {
  return Promise.all(rows.map((row) => publishOnce(inbox, row, ATTEMPT_MS)));
}
