import { randomUUID } from 'node:crypto';
import type { DataOf, Envelope, MessageSnapshot } from '@conversations/contracts';
import { EmailDeliveryChanged, EmailMessageReceived, emailThreadKey, GetMessages } from '@conversations/contracts';
import type { Messaging } from '@conversations/messaging';
import { composeMessage } from '@conversations/messaging';
import { newId } from '@conversations/runtime';
import { eventually } from '@conversations/testing';

export type Mail = DataOf<typeof EmailMessageReceived>;
type Report = DataOf<typeof EmailDeliveryChanged>;

export const newAddress = (name = 'ann') => `${name}.${randomUUID().slice(0, 8)}@example.com`;

/** What email-ingest publishes for a mail; `from` may be an address alone. */
export function mail(given: Partial<Omit<Mail, 'from'>> & { from?: string | Mail['from'] } = {}): Mail {
  const { from: sender = newAddress(), ...rest } = given;
  const from = typeof sender === 'string' ? { name: null, address: sender } : sender;
  const now = new Date().toISOString();
  return {
    messageId: newId('msg'),
    threadKey: emailThreadKey(from.address),
    idempotencyKey: `email:${randomUUID()}`,
    rfcMessageId: `${randomUUID()}@mail.example.com`,
    inReplyTo: null,
    references: [],
    tokens: [],
    ownIds: [],
    marker: null,
    from,
    to: [{ name: null, address: 'inbox@shop.example' }],
    cc: [],
    subject: 'Where is my order?',
    text: 'Order 1234 has not arrived.',
    quotedText: null,
    htmlKey: null,
    rawKey: randomUUID(),
    attachments: [],
    automatic: false,
    authentication: 'NONE',
    incomplete: false,
    redirected: false,
    forwarded: null,
    sentAt: now,
    receivedAt: now,
    ...rest,
  };
}

export const envelopeOf = (data: Mail): Envelope =>
  JSON.parse(composeMessage(EmailMessageReceived, data.threadKey, data).body) as Envelope;

/** Publishes and waits until the mail is stored. */
export async function receives(messaging: Messaging, given: Parameters<typeof mail>[0] = {}): Promise<MessageSnapshot> {
  const data = mail(given);
  await messaging.publish(EmailMessageReceived, data.threadKey, data);
  return storedMessage(messaging, data.messageId);
}

export function storedMessage(messaging: Messaging, id: string): Promise<MessageSnapshot> {
  return eventually(async () => {
    const message = await messageNow(messaging, id);
    if (!message) throw new Error('not stored yet');
    return message;
  });
}

export async function messageNow(messaging: Messaging, id: string): Promise<MessageSnapshot | null> {
  const { items } = await messaging.request(GetMessages, { ids: [id] });
  return items[0] ?? null;
}

/** What the adapter says about a reply. */
export function report(message: MessageSnapshot, given: Partial<Report> & Pick<Report, 'state'>): Report {
  return {
    conversationId: message.conversationId,
    messageId: message.id,
    failureCode: null,
    detail: null,
    retryable: false,
    attempt: 1,
    at: new Date().toISOString(),
    rfcMessageId: null,
    ...given,
  };
}
