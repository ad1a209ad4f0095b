import type { DeliveryReport } from '@conversations/contracts';

/** A part as far as the report about its message needs it. */
export interface PartState {
  place: number;
  attempt: number;
  state: 'queued' | 'sending' | 'sent' | 'failed' | 'unknown';
  open: boolean;
  sent_at: Date | null;
  failure_code: string | null;
  detail: string | null;
}

export interface Marks {
  delivered_at: Date | null;
  seen_at: Date | null;
}

type State = Pick<DeliveryReport, 'state' | 'failureCode' | 'detail' | 'retryable'> & { at: Date | null };

const NOBODY_KNOWS = 'Facebook gave no answer, and the message was not found in the thread.';

/**
 * What is true of a message by its parts: null while one of them is under way. A place counts as sent when any attempt at it
 * arrived, else by its last attempt. Marks are Meta's: all up to then was delivered, or seen.
 */
export function stateOf(parts: readonly PartState[], marks: Marks): State | null {
  if (parts.length === 0 || parts.some(({ open }) => open)) return null;
  const places = new Map<number, PartState>();
  for (const part of [...parts].sort((a, b) => a.attempt - b.attempt)) {
    if (places.get(part.place)?.state !== 'sent') places.set(part.place, part);
  }
  const last = [...places.values()].sort((a, b) => a.place - b.place);
  const failed = last.find(({ state }) => state === 'failed');
  if (failed) {
    return { state: 'FAILED', failureCode: failed.failure_code, detail: failed.detail, retryable: true, at: null };
  }
  if (last.some(({ state }) => state === 'unknown')) {
    return { state: 'UNKNOWN', failureCode: 'NO_ANSWER', detail: NOBODY_KNOWS, retryable: true, at: null };
  }
  const upTo = (mark: Date | null) =>
    mark !== null && last.every(({ sent_at: sentAt }) => sentAt !== null && sentAt <= mark);
  const fine = { failureCode: null, detail: null, retryable: false };
  if (upTo(marks.seen_at)) return { state: 'SEEN', ...fine, at: marks.seen_at };
  if (upTo(marks.delivered_at)) return { state: 'DELIVERED', ...fine, at: marks.delivered_at };
  return { state: 'SENT', ...fine, at: last.at(-1)?.sent_at ?? null };
}
