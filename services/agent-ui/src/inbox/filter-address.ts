import type { InboxFilter } from '../data';
import type { ChannelKind } from '../generated/documents';

const CHANNEL_WORDS: [string, ChannelKind][] = [
  ['chat', 'WEB_CHAT'],
  ['email', 'EMAIL'],
  ['messenger', 'MESSENGER'],
];

/** The server refuses a shorter search, and cuts nothing: a longer one would be refused too. */
const SHORTEST_SEARCH = 2;
const LONGEST_SEARCH = 200;

const AGENT = /^agt_[0-9a-z]{16,40}$/;

/** What the address says about the list. Unknown words in it are ignored: the address may be of an older version. */
export function filterOf(query: string, viewerId: string): InboxFilter {
  const params = new URLSearchParams(query);
  const filter: InboxFilter = { status: params.get('status') === 'completed' ? 'COMPLETED' : 'OPEN' };
  if (params.get('unread') === 'yes') filter.unread = true;
  if (params.get('waiting') === 'yes') filter.waitingForReply = true;
  if (params.get('online') === 'yes') filter.visitorOnline = true;
  const assigned = params.get('assigned') ?? '';
  if (assigned === 'me') filter.assigneeId = viewerId;
  if (assigned === 'nobody') filter.assigneeId = null;
  if (AGENT.test(assigned)) filter.assigneeId = assigned;
  const words = (params.get('channel') ?? '').split(',');
  const channels = CHANNEL_WORDS.flatMap(([word, kind]) => (words.includes(word) ? [kind] : []));
  if (channels.length > 0) filter.channels = channels;
  const search = searchOf(params.get('q') ?? '');
  if (search !== undefined) filter.search = search;
  return filter;
}

/**
 * The query string of a filter, without the question mark; empty for all open conversations. An agent is named by id, the viewer
 * too: whoever follows the link sees the same list.
 */
export function queryOf(filter: InboxFilter): string {
  const params = new URLSearchParams();
  if (filter.status === 'COMPLETED') params.set('status', 'completed');
  if (filter.unread === true) params.set('unread', 'yes');
  if (filter.waitingForReply === true) params.set('waiting', 'yes');
  if (filter.visitorOnline === true) params.set('online', 'yes');
  if (filter.assigneeId !== undefined) params.set('assigned', filter.assigneeId ?? 'nobody');
  const words = CHANNEL_WORDS.flatMap(([word, kind]) => (filter.channels?.includes(kind) === true ? [word] : []));
  if (words.length > 0) params.set('channel', words.join(','));
  if (filter.search !== undefined) params.set('q', filter.search);
  return params.toString().replaceAll('%2C', ',');
}

/** What is searched for a typed text; undefined while it is too short to search. */
export function searchOf(typed: string): string | undefined {
  // An address may hold what no keyboard types.
  const words = typed.replaceAll('\0', ' ').toWellFormed().trim().slice(0, LONGEST_SEARCH).trim();
  return words.length < SHORTEST_SEARCH ? undefined : words;
}

/** Whether a search has anything that the server looks for. */
export function holdsWords(search: string): boolean {
  return /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(search);
}

/** The same list without anything that narrows it, but on the same side of Open and Completed. */
export function withoutNarrowing({ status }: InboxFilter): InboxFilter {
  return { status };
}

/** Whether anything but Open and Completed narrows the list. */
export function narrows({ status: _status, ...rest }: InboxFilter): boolean {
  return Object.values(rest).some((value) => value !== undefined);
}

/** Address of a conversation (null: none is open) beside the list with this filter. */
export function addressOf(id: string | null, filter: InboxFilter): string {
  const query = queryOf(filter);
  return `/inbox${id === null ? '' : `/${id}`}${query === '' ? '' : `?${query}`}`;
}
