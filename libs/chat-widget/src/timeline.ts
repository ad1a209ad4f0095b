import type { WidgetAttachment } from '@conversations/contracts';
import type { Unsent } from './outbox';
import { shownMessages, type Thread } from './thread';

export interface Bubble {
  kind: 'bubble';
  /** The own message keeps its key when it becomes a stored one, so its element stays. */
  key: string;
  author: { kind: 'agent' | 'visitor' | 'bot' | 'system'; name: string | null };
  text: string;
  attachments: readonly WidgetAttachment[];
  at: Date;
  byEmail: boolean;
  /** Last of a run of bubbles by one author: it carries name, time and state. */
  last: boolean;
  seen: boolean;
  unsent: Unsent | null;
}

export type TimelineItem = Bubble | { kind: 'day'; key: string; at: Date };

const SAME_RUN_MS = 5 * 60_000;

/** What the conversation shows, from the stored messages and those that are still on their way. */
export function timeline(thread: Thread, unsent: readonly Unsent[]): TimelineItem[] {
  const bubbles = shownMessages(thread).map<Bubble>((message) => ({
    kind: 'bubble',
    key: message.clientId ?? message.id,
    author: message.author,
    text: message.text,
    attachments: message.attachments,
    at: new Date(message.at),
    byEmail: message.channel === 'email',
    last: true,
    seen: false,
    unsent: null,
  }));
  const newestOwn = shownMessages(thread).findLastIndex(({ author }) => author.kind === 'visitor');
  const own = bubbles[newestOwn];
  if (own !== undefined) own.seen = (shownMessages(thread)[newestOwn]?.seq ?? 0) <= thread.agentReadSeq;
  const stored = new Set(bubbles.map(({ key }) => key));
  for (const entry of unsent) {
    if (stored.has(entry.clientId)) continue;
    bubbles.push({
      kind: 'bubble',
      key: entry.clientId,
      author: { kind: 'visitor', name: null },
      text: entry.text,
      attachments: entry.attachments.map((upload) => ({ ...upload, url: '' })),
      at: new Date(entry.at),
      byEmail: false,
      last: true,
      seen: false,
      unsent: entry,
    });
  }
  return withDays(bubbles);
}

function withDays(bubbles: Bubble[]): TimelineItem[] {
  const items: TimelineItem[] = [];
  let before: Bubble | null = null;
  for (const bubble of bubbles) {
    const newDay = before?.at.toDateString() !== bubble.at.toDateString();
    if (before !== null) before.last = newDay || !sameRun(before, bubble);
    if (newDay) items.push({ kind: 'day', key: bubble.at.toDateString(), at: bubble.at });
    items.push(bubble);
    before = bubble;
  }
  return items;
}

function sameRun(a: Bubble, b: Bubble): boolean {
  return (
    a.author.kind === b.author.kind &&
    a.author.name === b.author.name &&
    a.byEmail === b.byEmail &&
    a.unsent?.refused === undefined &&
    b.at.getTime() - a.at.getTime() < SAME_RUN_MS
  );
}
