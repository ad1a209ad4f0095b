import type { ConversationRow, ThreadMessage } from '../src/data/types';

/** A conversation as the server gives it. */
export function sampleRow(id: string, change: Partial<ConversationRow> = {}): ConversationRow {
  return {
    id,
    version: 1,
    status: 'OPEN',
    unread: true,
    waitingForReply: true,
    title: `Visitor of ${id}`,
    subject: null,
    channels: ['WEB_CHAT'],
    lastChannel: 'WEB_CHAT',
    lastActivityAt: '2026-11-22T10:00:00.000Z',
    createdAt: '2026-11-22T09:00:00.000Z',
    assignee: null,
    read: null,
    completed: null,
    contact: null,
    visitor: null,
    messengerProfile: null,
    lastMessage: null,
    ...change,
  };
}

/** Minute `n` of a day, for `lastActivityAt`. */
export const minute = (n: number): string => new Date(Date.UTC(2026, 10, 22) + n * 60_000).toISOString();

export function sampleMessage(id: string, change: Partial<ThreadMessage> = {}): ThreadMessage {
  return {
    __typename: 'Message',
    id,
    clientMessageId: null,
    channel: 'WEB_CHAT',
    direction: 'INBOUND',
    text: id,
    createdAt: minute(0),
    author: { __typename: 'Visitor', id: 'vis_1', displayName: 'Visitor 1' },
    delivery: null,
    email: null,
    messenger: null,
    form: null,
    attachments: [],
    ...change,
  };
}
