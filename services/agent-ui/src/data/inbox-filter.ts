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
  const { status, unread = null, assignment = null } = filter;
  return JSON.stringify([status, unread, assignment, channelsOf(filter), searchOf(filter)]);
}

export function filterVariables(filter: InboxFilter): ConversationFilter {
  return {
    status: filter.status,
    unread: filter.unread ?? null,
    assignment: filter.assignment ?? null,
    channels: channelsOf(filter),
    search: searchOf(filter),
  };
}

/** Whether a conversation belongs to a filter, apart from its search, which only the server can tell. */
export function belongs(row: ConversationRow, filter: InboxFilter, agentId: string): boolean {
  const { status, unread, assignment, channels } = filter;
  return (
    row.status === status &&
    (unread === undefined || row.unread === unread) &&
    (assignment !== 'MINE' || row.assignee?.id === agentId) &&
    (assignment !== 'UNASSIGNED' || row.assignee === null) &&
    (!channels?.length || channels.some((channel) => row.channels.includes(channel)))
  );
}
