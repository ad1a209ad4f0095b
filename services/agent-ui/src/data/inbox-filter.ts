import type { ConversationFilter } from '../generated/documents';
import type { ConversationRow, InboxFilter } from './types';

const SHORTEST_SEARCH = 2;
const LONGEST_SEARCH = 200;

/** The words to search for, or null when the filter has none. */
export function searchOf({ search }: InboxFilter): string | null {
  const words = (search ?? '').trim().slice(0, LONGEST_SEARCH).trim().toWellFormed();
  return words.length < SHORTEST_SEARCH ? null : words;
}

const channelsOf = ({ channels }: InboxFilter) => (channels?.length ? [...channels].sort() : null);

/** Equal for filters that ask for the same. */
export function filterKey(filter: InboxFilter): string {
  return JSON.stringify(filterVariables(filter));
}

export function filterVariables(filter: InboxFilter): ConversationFilter {
  const { status, unread, waitingForReply, assigneeId, visitorOnline } = filter;
  return {
    status,
    unread: unread ?? null,
    waitingForReply: waitingForReply ?? null,
    assignment: assigneeId === null ? 'UNASSIGNED' : null,
    assigneeId: assigneeId ?? null,
    visitorOnline: visitorOnline ?? null,
    channels: channelsOf(filter),
    search: searchOf(filter),
  };
}

/** Whether a conversation belongs to a filter, apart from its search, which only the server can tell. */
export function belongs(row: ConversationRow, filter: InboxFilter): boolean {
  const { status, unread, waitingForReply, assigneeId, visitorOnline, channels } = filter;
  return (
    row.status === status &&
    (unread === undefined || row.unread === unread) &&
    (waitingForReply === undefined || row.waitingForReply === waitingForReply) &&
    (assigneeId === undefined || (row.assignee?.id ?? null) === assigneeId) &&
    (visitorOnline !== true || row.visitor?.presence.state === 'ONLINE') &&
    (!channels?.length || channels.some((channel) => row.channels.includes(channel)))
  );
}

/** Whether conversations that this page does not know may belong to the filter although nothing about them was pushed. */
export function needsAsking(filter: InboxFilter): boolean {
  return searchOf(filter) !== null || filter.visitorOnline === true;
}
