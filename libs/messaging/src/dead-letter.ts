import { createHash } from 'node:crypto';
import type { Messaging } from './messaging';

export interface DeadLetterCause {
  /** Why it could not be handled, for the person who looks at it. */
  reason: string;
  /** How often it was tried. */
  attempts: number;
  /** Which handler gave up: the durable consumer or lane. */
  handler: string;
  stream: string;
  sequence: number;
  /** Subject that it came on. */
  subject: string;
  data: Uint8Array;
}

/** Leaves room for the other fields inside the broker's limit of 1 MiB per message. */
const MAX_ORIGINAL_BYTES = 700_000;

/**
 * What stands in `dlq.<original subject>`: JSON with `reason`, `attempts`, `handler`, `at`, `stream`, `sequence`, `subject`
 * and the original, as `original` when it is JSON and as `originalBase64` otherwise; neither when it is over 700,000 bytes:
 * then it is found by stream and sequence.
 */
function document(cause: DeadLetterCause): string {
  const { data, ...rest } = cause;
  return JSON.stringify({ ...rest, at: new Date().toISOString(), ...originalOf(data) });
}

function originalOf(data: Uint8Array): { original: unknown } | { originalBase64: string } | { tooLarge: true } {
  if (data.length > MAX_ORIGINAL_BYTES) return { tooLarge: true };
  try {
    const original: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data));
    return { original };
  } catch {
    return { originalBase64: Buffer.from(data).toString('base64') };
  }
}

/** Stores what could not be handled; resolves when the broker confirmed it. The same message of one handler is stored once. */
export async function buryMessage(messaging: Messaging, cause: DeadLetterCause): Promise<void> {
  const { log } = messaging.connection;
  const content = createHash('sha256').update(cause.data).digest('hex').slice(0, 16);
  await messaging.publishRow({
    subject: `dlq.${cause.subject}`,
    eventId: `${cause.handler}:${cause.stream}:${cause.sequence}:${content}`,
    body: document(cause),
    headers: { 'Content-Type': 'application/json' },
  });
  messaging.metrics?.counter('conversations_dead_letters_total').inc();
  log.error(
    {
      subject: cause.subject,
      handler: cause.handler,
      attempts: cause.attempts,
      sequence: cause.sequence,
      reason: cause.reason,
    },
    'message.dead-lettered',
  );
}
