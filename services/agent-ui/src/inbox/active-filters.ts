import { type InboxFilter, useAgents } from '../data';
import type { ChannelKind } from '../generated/documents';
import { useText } from '../i18n';
import { useViewer } from '../session';

export const CHANNELS: ChannelKind[] = ['WEB_CHAT', 'EMAIL', 'MESSENGER'];

export interface ActiveFilter {
  name: string;
  /** The list without it. */
  without: InboxFilter;
}

/** With one channel more or less. */
export function toggledChannel(filter: InboxFilter, channel: ChannelKind): InboxFilter {
  const chosen = CHANNELS.filter((kind) => (filter.channels?.includes(kind) === true) !== (kind === channel));
  return { ...filter, channels: chosen.length === 0 ? undefined : chosen };
}

/** With a condition that was off, or without it when it was on. */
export function switched<K extends 'unread' | 'waitingForReply' | 'visitorOnline' | 'assigneeId'>(
  filter: InboxFilter,
  name: K,
  value: InboxFilter[K],
): InboxFilter {
  return { ...filter, [name]: filter[name] === value ? undefined : value };
}

/** What the list is narrowed to, but for the search, and what takes each off again. */
export function useActiveFilters(filter: InboxFilter): ActiveFilter[] {
  const { inbox: text, design } = useText();
  const { agent: viewer } = useViewer();
  const agents = useAgents();
  const { unread, waitingForReply, visitorOnline, assigneeId, channels = [] } = filter;
  const active: ActiveFilter[] = [];
  if (unread === true) active.push({ name: text.unread, without: { ...filter, unread: undefined } });
  if (waitingForReply === true) active.push({ name: text.waiting, without: { ...filter, waitingForReply: undefined } });
  if (visitorOnline === true)
    active.push({ name: text.visitorOnline, without: { ...filter, visitorOnline: undefined } });
  if (assigneeId !== undefined) {
    const nameOf = (id: string) => agents?.find((agent) => agent.id === id)?.displayName ?? text.anotherAgent;
    const name = assigneeId === null ? text.unassigned : assigneeId === viewer.id ? text.mine : nameOf(assigneeId);
    active.push({ name, without: { ...filter, assigneeId: undefined } });
  }
  for (const channel of channels)
    active.push({ name: design.channels[channel], without: toggledChannel(filter, channel) });
  return active;
}
