import type { PendingMessage, ThreadActivity, ThreadItem, ThreadMessage } from '../data';

/** What stands in the thread, from top to bottom. */
export type ThreadLine =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'new'; key: string }
  | { kind: 'activity'; key: string; told: readonly ToldActivity[] }
  | { kind: 'message'; key: string; message: ThreadMessage; follows: boolean }
  | { kind: 'pending'; key: string; pending: PendingMessage; follows: boolean };

/** An activity with what only its neighbours tell. */
export interface ToldActivity {
  activity: ThreadActivity;
  /** ASSIGNED: the owner before, as far as the loaded part of the thread shows; null = nobody, undefined = not known. */
  before?: { id: string; displayName: string } | null;
  /** REOPENED by nobody of the team: who wrote the message that did it. */
  writer?: string;
}

interface LinesOptions {
  /** Older items exist that are not loaded: nothing is known about what came before the first. */
  hasOlder: boolean;
  /** The line "New messages" stands above this message. */
  firstUnreadId: string | null;
}

/** Bubbles of one person on one channel stand closer together when so little time lies between them. */
const SAME_BREATH_MS = 5 * 60_000;

export function threadLines(items: readonly ThreadItem[], { hasOlder, firstUnreadId }: LinesOptions): ThreadLine[] {
  const lines: ThreadLine[] = [];
  let day = '';
  let owner: ToldActivity['before'] = hasOlder ? undefined : null;
  for (const [index, item] of items.entries()) {
    const at = timeOf(item);
    const itsDay = new Date(at).toDateString();
    const tells = item.kind !== 'activity' || isTold(item.activity);
    if (tells && itsDay !== day) {
      lines.push({ kind: 'day', key: `day ${itsDay}`, at });
      day = itsDay;
    }
    if (item.kind === 'activity') {
      const { activity } = item;
      const told: ToldActivity = { activity };
      if (activity.kind === 'ASSIGNED') {
        told.before = owner;
        owner = activity.assignee;
      }
      if (activity.kind === 'REOPENED' && activity.stamp.by === null) told.writer = nextWriter(items, index);
      const previous = lines.at(-1);
      if (!tells) continue;
      if (previous?.kind === 'activity') previous.told = [...previous.told, told];
      else lines.push({ kind: 'activity', key: item.key, told: [told] });
      continue;
    }
    const isFirstUnread = item.kind === 'message' && item.message.id === firstUnreadId;
    if (isFirstUnread) lines.push({ kind: 'new', key: 'new messages' });
    const follows = lines.at(-1)?.kind === 'message' && sameBreath(items[index - 1], item);
    lines.push(
      item.kind === 'message'
        ? { kind: 'message', key: item.key, message: item.message, follows }
        : { kind: 'pending', key: item.key, pending: item.pending, follows },
    );
  }
  return lines;
}

/** Above which message "New messages" stands: the first that the customer wrote after the last answer. */
export function firstUnread(items: readonly ThreadItem[], unread: boolean): string | null {
  if (!unread) return null;
  let first: string | null = null;
  for (const item of items.toReversed()) {
    if (item.kind === 'activity') continue;
    if (item.kind === 'pending') continue;
    if (item.message.direction === 'OUTBOUND' && item.message.author.__typename === 'Agent') break;
    if (item.message.direction === 'INBOUND') first = item.message.id;
  }
  return first;
}

export function newestMessageId(items: readonly ThreadItem[]): string | null {
  const newest = items.findLast((item) => item.kind === 'message');
  return newest?.kind === 'message' ? newest.message.id : null;
}

/** That a conversation began is told by its first message. */
const isTold = ({ kind }: ThreadActivity) => kind !== 'OPENED';

const timeOf = (item: ThreadItem): string => {
  if (item.kind === 'message') return item.message.createdAt;
  return item.kind === 'activity' ? item.activity.stamp.at : item.pending.createdAt;
};

function sameBreath(one: ThreadItem | undefined, two: ThreadItem): boolean {
  if (one === undefined || one.kind === 'activity' || two.kind === 'activity') return false;
  const near = Date.parse(timeOf(two)) - Date.parse(timeOf(one)) < SAME_BREATH_MS;
  return near && sideOf(one) === sideOf(two);
}

function sideOf(item: Exclude<ThreadItem, { kind: 'activity' }>): string {
  if (item.kind === 'pending') return `OUTBOUND own ${item.pending.channel}`;
  const { direction, author, channel } = item.message;
  return `${direction} ${author.id} ${channel}`;
}

function nextWriter(items: readonly ThreadItem[], from: number): string | undefined {
  for (const item of items.slice(from + 1)) {
    if (item.kind !== 'message' || item.message.direction !== 'INBOUND') continue;
    const { author } = item.message;
    return 'displayName' in author ? author.displayName : undefined;
  }
  return undefined;
}
