import type { z } from 'zod';
import type { ConversationSnapshot, MessageSnapshot } from './conversation';

/** Valid sample values that the documented examples share. */
export const exampleMessage: z.input<typeof MessageSnapshot> = {
  id: 'msg_019329a0c4b27cc0a1b2c3d4e5f60718',
  conversationId: 'cnv_019329a0c4b17cc0a1b2c3d4e5f60718',
  position: 1,
  channel: 'chat',
  direction: 'INBOUND',
  author: { kind: 'visitor', id: 'vis_019329a0c4b07cc0a1b2c3d4e5f60718', name: 'Visitor 0718' },
  text: 'Hi, is this in stock?',
  attachments: [],
  clientMessageId: '0193c1f0-7f4e-4d0a-9a35-0a1b2c3d4e5f',
  delivery: null,
  form: null,
  email: null,
  messenger: null,
  createdAt: '2026-11-22T13:35:40.000Z',
};

export const exampleConversation: z.input<typeof ConversationSnapshot> = {
  id: exampleMessage.conversationId,
  version: 2,
  status: 'OPEN',
  assigneeId: null,
  waitingForReply: true,
  unread: true,
  read: null,
  completed: null,
  title: 'Visitor 0718',
  subject: null,
  contactId: null,
  visitorId: 'vis_019329a0c4b07cc0a1b2c3d4e5f60718',
  messengerProfileId: null,
  channels: ['chat'],
  lastChannel: 'chat',
  lastMessageId: exampleMessage.id,
  lastPosition: 1,
  agentReadPosition: 0,
  lastActivityAt: '2026-11-22T13:35:40.000Z',
  createdAt: '2026-11-22T13:35:40.000Z',
};

export const exampleStamp = {
  by: { kind: 'agent' as const, id: 'agt_019329a0c4af7cc0a1b2c3d4e5f60718', name: 'Amélie Roux' },
  at: '2026-11-22T13:36:10.000Z',
};
