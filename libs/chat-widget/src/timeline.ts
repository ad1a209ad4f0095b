import type { AnsweredForm, AskedForm, WidgetAttachment } from '@conversations/contracts';
import type { Unsent } from './outbox';
import { shownMessages, type Stored, type Thread } from './thread';

export interface Bubble {
  kind: 'bubble';
  /** The own message keeps its key when it becomes a stored one, so its element stays. */
  key: string;
  author: { kind: 'agent' | 'visitor' | 'bot' | 'system'; name: string | null };
  text: string;
  attachments: readonly WidgetAttachment[];
  /** What the visitor answered to a form, in the place of the text. */
  form: AnsweredForm | null;
  /** The form that the bubble asks, while it is not answered. */
  asks: WaitingForm | null;
  at: Date;
  byEmail: boolean;
  /** Last of a run of bubbles by one author: it carries name, time and state. */
  last: boolean;
  seen: boolean;
  unsent: Unsent | null;
}

export interface WaitingForm extends AskedForm {
  /** The conversation went on without the answer: nobody waits for it, though it may still be given. */
  passed: boolean;
}

export type TimelineItem = Bubble | { kind: 'day'; key: string; at: Date };

const SAME_RUN_MS = 5 * 60_000;

/** What the conversation shows, from the stored messages and those that are still on their way. */
export function timeline(thread: Thread, unsent: readonly Unsent[]): TimelineItem[] {
  const shown = shownMessages(thread);
  const bubbles = shown.map<Bubble>((message, index) => ({
    kind: 'bubble',
    key: message.clientId ?? message.id,
    author: message.author,
    text: message.text,
    attachments: message.attachments,
    form: message.form ?? null,
    asks: waitingForm(message, shown.slice(index + 1), thread),
    at: new Date(message.at),
    byEmail: message.channel === 'email',
    last: true,
    seen: false,
    unsent: null,
  }));
  const newestOwn = shown.findLastIndex(({ author }) => author.kind === 'visitor');
  const own = bubbles[newestOwn];
  if (own !== undefined) own.seen = (shown[newestOwn]?.seq ?? 0) <= thread.agentReadSeq;
  const stored = new Set(bubbles.map(({ key }) => key));
  for (const entry of unsent) {
    // A form waits where it is asked.
    if (stored.has(entry.clientId) || entry.form !== undefined) continue;
    bubbles.push({
      kind: 'bubble',
      key: entry.clientId,
      author: { kind: 'visitor', name: null },
      text: entry.text,
      attachments: entry.attachments.map((upload) => ({ ...upload, url: '' })),
      form: null,
      asks: null,
      at: new Date(entry.at),
      byEmail: false,
      last: true,
      seen: false,
      unsent: entry,
    });
  }
  return withDays(bubbles);
}

function waitingForm({ askedForm }: Stored, after: readonly Stored[], { state }: Thread): WaitingForm | null {
  if (askedForm === undefined) return null;
  const over = after.some((one) => one.form?.formId === askedForm.formId || one.askedForm !== undefined);
  if (over) return null;
  return { ...askedForm, passed: state === 'completed' || after.some(({ author }) => author.kind !== 'visitor') };
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
