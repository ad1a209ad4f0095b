import type { GatewayFrame, OlderMessages, WidgetMessage } from '@conversations/contracts';

/** What this browser knows of the visitor's conversation. Only stored messages; unsent ones are in the outbox. */
export interface Thread {
  id: string | null;
  state: 'open' | 'completed';
  /** Up to where an agent has read. */
  agentReadSeq: number;
  /** Ascending. May hold a message beyond a gap: see `resumeFrom`. */
  messages: readonly Stored[];
  /** Nothing up to here is missing, also where a position is not the visitor's to see. */
  completeTo: number;
  /** Messages before this position are not loaded; null until the first welcome. */
  oldest: number | null;
  hasMore: boolean;
}

export interface Stored extends WidgetMessage {
  /** Made from an ack, until the gateway shows the message itself. */
  fromAck?: true;
}

export type ThreadInput =
  | Extract<GatewayFrame, { t: 'welcome' | 'msg' | 'receipt' | 'thread' }>
  | (Extract<GatewayFrame, { t: 'ack' }> & Pick<Stored, 'text' | 'attachments' | 'form'>)
  | ({ t: 'older' } & OlderMessages & { before: number });

export const emptyThread: Thread = {
  id: null,
  state: 'open',
  agentReadSeq: 0,
  messages: [],
  completeTo: 0,
  oldest: null,
  hasMore: false,
};

/**
 * Merges what the gateway says. Messages are a set by position, so repeated or reordered frames give the same thread;
 * only `reset` and another conversation's welcome replace what is held.
 */
export function reduceThread(thread: Thread, input: ThreadInput): Thread {
  switch (input.t) {
    case 'welcome':
      return welcome(thread, input);
    case 'msg':
      return { ...thread, messages: merge(thread.messages, [input.m]) };
    case 'ack':
      return { ...thread, messages: merge(thread.messages, [acknowledged(input)]) };
    case 'older':
      return {
        ...thread,
        messages: merge(thread.messages, input.messages),
        ...window(thread, input.messages[0]?.seq ?? input.before, input.hasMore),
      };
    case 'receipt':
      return { ...thread, agentReadSeq: Math.max(thread.agentReadSeq, input.agentReadSeq) };
    case 'thread':
      return { ...thread, state: input.state };
  }
}

/** Newest position without a gap below it: resuming from a later one would lose what stands in the gap. */
export function resumeFrom(thread: Thread): number {
  let last = thread.completeTo;
  for (const { seq } of thread.messages) if (seq === last + 1) last = seq;
  return last;
}

/** The loaded messages without those that stand alone before the window. */
export function shownMessages(thread: Thread): readonly Stored[] {
  const oldest = thread.oldest ?? 0;
  return thread.messages.filter((message) => message.seq >= oldest);
}

export function newestSeq(thread: Thread): number {
  return thread.messages.at(-1)?.seq ?? 0;
}

type Welcome = Extract<GatewayFrame, { t: 'welcome' }>;

function welcome(held: Thread, frame: Welcome): Thread {
  const other = held.id !== null && frame.thread?.id !== held.id;
  const thread = frame.reset || other ? emptyThread : held;
  const first = frame.messages[0]?.seq ?? (frame.thread === null ? 1 : frame.thread.seq + 1);
  return {
    id: frame.thread?.id ?? null,
    state: frame.thread?.state ?? 'open',
    agentReadSeq: Math.max(thread.agentReadSeq, frame.thread?.agentReadSeq ?? 0),
    messages: merge(thread.messages, frame.messages),
    completeTo: Math.max(thread.completeTo, frame.thread?.seq ?? 0),
    ...window(thread, first, frame.hasMore),
  };
}

/** The page that begins earliest says whether there is more before it. */
function window(thread: Thread, first: number, hasMore: boolean): Pick<Thread, 'oldest' | 'hasMore'> {
  if (thread.oldest === null || first < thread.oldest) return { oldest: first, hasMore };
  if (first === thread.oldest) return { oldest: first, hasMore: thread.hasMore && hasMore };
  return { oldest: thread.oldest, hasMore: thread.hasMore };
}

function acknowledged(ack: Extract<ThreadInput, { t: 'ack' }>): Stored {
  return {
    seq: ack.seq,
    id: ack.id,
    author: { kind: 'visitor', name: null },
    channel: 'chat',
    text: ack.text,
    attachments: ack.attachments,
    clientId: ack.clientId,
    form: ack.form,
    at: ack.at,
    fromAck: true,
  };
}

function merge(held: readonly Stored[], added: readonly Stored[]): readonly Stored[] {
  const bySeq = new Map(held.map((message) => [message.seq, message]));
  for (const message of added) {
    const known = bySeq.get(message.seq);
    if (known === undefined || (known.fromAck && !message.fromAck)) bySeq.set(message.seq, message);
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}
