import { createHash, randomUUID } from 'node:crypto';
import type { Channel, ConversationSnapshot, DataOf, MessageSnapshot } from '@conversations/contracts';
import {
  ChatFormSubmitted,
  ChatMessageReceived,
  ChatRead,
  ChatContactClaimed,
  ChatWidgetOpened,
  ChatVisitorIdentified,
  FindVisitorMessages,
  GetConversations,
  ListTimelines,
  visitorThreadKey,
} from '@conversations/contracts';
import type { Messaging } from '@conversations/messaging';
import { newId } from '@conversations/runtime';
import { eventually } from '@conversations/testing';

export interface Visitor {
  visitorId: string;
  siteId: string;
  tokenHash: string;
  locale: string | null;
  page: { url: string; title: string | null } | null;
}

export function newVisitor(): Visitor {
  const token = `vt_${randomUUID()}`;
  return {
    visitorId: `vis_${createHash('sha256').update(token).digest('hex').slice(0, 32)}`,
    siteId: 'site_demo',
    tokenHash: createHash('sha256').update(`hash of ${token}`).digest('hex'),
    locale: 'en',
    page: { url: 'https://shop.example/shoes', title: 'Shoes' },
  };
}

/** What chat-gateway publishes for a message. */
export function written(visitor: Visitor, text: string, clientMessageId: string = randomUUID()) {
  return {
    messageId: newId('msg'),
    threadKey: visitorThreadKey(visitor.visitorId),
    idempotencyKey: `chat:${visitor.visitorId}:${clientMessageId}`,
    clientMessageId,
    origin: visitor,
    text,
    attachments: [],
    receivedAt: new Date().toISOString(),
  } satisfies DataOf<typeof ChatMessageReceived>;
}

/** Publishes and waits until the message is stored. */
export async function says(
  messaging: Messaging,
  visitor: Visitor,
  text: string,
  clientMessageId: string = randomUUID(),
): Promise<{ conversationId: string; seq: number; id: string }> {
  const data = written(visitor, text, clientMessageId);
  await messaging.publish(ChatMessageReceived, data.threadKey, data);
  return isStored(messaging, visitor, clientMessageId);
}

export function isStored(messaging: Messaging, { visitorId }: Visitor, clientMessageId: string) {
  return eventually(async () => {
    const { found } = await messaging.request(FindVisitorMessages, { visitorId, clientIds: [clientMessageId] });
    const [message] = found;
    if (!message) throw new Error('not stored yet');
    return message;
  });
}

export async function fillsForm(
  messaging: Messaging,
  visitor: Visitor,
  values: Partial<Record<'email' | 'name' | 'phone' | 'company', string>>,
  formId = 'f_12',
) {
  const clientMessageId = randomUUID();
  await messaging.publish(ChatFormSubmitted, visitorThreadKey(visitor.visitorId), {
    messageId: newId('msg'),
    threadKey: visitorThreadKey(visitor.visitorId),
    idempotencyKey: `chat:${visitor.visitorId}:${clientMessageId}`,
    clientMessageId,
    origin: visitor,
    formId,
    answers: (['email', 'name', 'phone', 'company'] as const).flatMap((key) => {
      const value = values[key];
      return value === undefined ? [] : [{ key, label: key.toUpperCase(), value }];
    }),
    receivedAt: new Date().toISOString(),
  });
  return isStored(messaging, visitor, clientMessageId);
}

export async function identifies(messaging: Messaging, visitor: Visitor, email: string, name: string | null) {
  await messaging.publish(ChatVisitorIdentified, visitorThreadKey(visitor.visitorId), {
    origin: visitor,
    externalId: 'u_7',
    email,
    name,
    at: new Date().toISOString(),
  });
}

/** As a script of the host page says it. */
export async function claims(messaging: Messaging, visitor: Visitor, email: string, name: string | null = null) {
  const data = { origin: visitor, email, name, phone: null, company: null, at: new Date().toISOString() };
  await messaging.publish(ChatContactClaimed, visitorThreadKey(visitor.visitorId), data);
}

export async function opens(messaging: Messaging, visitor: Visitor) {
  const threadKey = visitorThreadKey(visitor.visitorId);
  const data = { threadKey, origin: visitor, at: new Date().toISOString() };
  await messaging.publish(ChatWidgetOpened, threadKey, data);
}

export async function reads(messaging: Messaging, { visitorId }: Visitor, upToPosition: number) {
  const data = { visitorId, upToPosition, at: new Date().toISOString() };
  await messaging.publish(ChatRead, visitorThreadKey(visitorId), data);
}

export async function conversationNow(messaging: Messaging, id: string): Promise<ConversationSnapshot> {
  const { items } = await messaging.request(GetConversations, { ids: [id] });
  const [conversation] = items;
  if (!conversation) throw new Error(`${id} is not known`);
  return conversation;
}

/** The newest hundred items of a thread. */
export async function threadNow(messaging: Messaging, conversationId: string) {
  const { pages } = await messaging.request(ListTimelines, {
    pages: [{ conversationId, limit: 100, before: null, after: null, forward: false }],
  });
  return pages[0]?.items ?? [];
}

export async function messagesNow(messaging: Messaging, conversationId: string): Promise<MessageSnapshot[]> {
  const items = await threadNow(messaging, conversationId);
  return items.flatMap((item) => (item.kind === 'message' ? [item.message] : []));
}

export interface Agent {
  kind: 'agent';
  id: string;
  name: string;
}

export const amelie: Agent = { kind: 'agent', id: 'agt_000000000000000000000000000000a1', name: 'Amélie Roux' };
export const tom: Agent = { kind: 'agent', id: 'agt_000000000000000000000000000000b2', name: 'Tom Berg' };

/** What a gateway asks for when an agent sends. */
export function answer(conversationId: string, text: string, by: Agent = amelie) {
  return {
    conversationId,
    by,
    channel: 'chat' as Channel,
    text,
    clientMessageId: randomUUID(),
    attachmentIds: [] as string[],
    complete: false,
  };
}
