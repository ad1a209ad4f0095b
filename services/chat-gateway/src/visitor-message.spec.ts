import { EmailMessageReceived, MailSnapshot, MessageAdded, type MessageSnapshot } from '@conversations/contracts';
import { visitorMessage } from './visitor-message';

const stored = MessageAdded.schema.parse(MessageAdded.example).message;
const visitorId = stored.author.id ?? '';
const agent = { kind: 'agent', id: 'agt_019329a0c4af7cc0a1b2c3d4e5f60718', name: 'Amélie' } as const;

const mail = MailSnapshot.parse({
  ...EmailMessageReceived.schema.parse(EmailMessageReceived.example),
  source: 'OUTBOUND',
  hasHtml: false,
  hasQuotedText: false,
  stranger: false,
  answersTo: null,
  relatedConversationId: null,
});

test('a visitor sees the fields of the allow-list and no other, whatever the event carries', () => {
  const attachment = { id: 'att_1', filename: 'a.pdf', contentType: 'application/pdf', byteSize: 3, storageKey: 'k' };
  const secret = {
    ...stored,
    author: { ...agent, email: 'amelie@example.test' },
    attachments: [attachment],
    note: 'a difficult customer',
    email: { ...mail, from: { name: null, address: 'amelie@example.test' } },
    delivery: { state: 'FAILED', at: stored.createdAt, failureCode: 'BOUNCED', detail: null, retryable: false },
    form: { formId: 'f', answers: [] },
  } as MessageSnapshot & object;
  const seen = visitorMessage(secret, visitorId);
  expect(seen).toEqual({
    seq: 1,
    id: stored.id,
    author: { kind: 'agent', name: 'Amélie' },
    channel: 'chat',
    text: stored.text,
    attachments: [{ id: 'att_1', filename: 'a.pdf', contentType: 'application/pdf', byteSize: 3 }],
    clientId: null,
    at: stored.createdAt,
  });
  expect(JSON.stringify(seen)).not.toMatch(/example\.test|agt_|difficult|BOUNCED|storageKey/);
});

test('a form that the bot asks reaches the widget, the answers only their own visitor', () => {
  const bot = { kind: 'automation', id: 'automation', name: 'Assistant' } as const;
  const askedForm = {
    formId: 'f',
    submitLabel: 'Send',
    fields: [{ key: 'email', label: 'Email', required: true }],
  } as const;
  const asking = { ...stored, author: bot, askedForm: { ...askedForm, fields: [...askedForm.fields] } };
  expect(visitorMessage(asking, visitorId)).toMatchObject({ author: { kind: 'bot', name: 'Assistant' }, askedForm });
  const form = { formId: 'f', answers: [{ key: 'email' as const, label: 'Email', value: 'ann@example.com' }] };
  expect(visitorMessage({ ...stored, form }, visitorId)?.form).toEqual(form);
  expect(visitorMessage({ ...stored, form }, 'vis_00000000000000000000000000000000')?.form).toBeUndefined();
});

test('the id that a client chose is shown to its own visitor only', () => {
  expect(visitorMessage(stored, visitorId)?.clientId).toBe(stored.clientMessageId);
  expect(visitorMessage(stored, 'vis_00000000000000000000000000000000')?.clientId).toBeNull();
  expect(visitorMessage({ ...stored, author: agent }, visitorId)?.clientId).toBeNull();
});

test('an email in the thread comes as channel email, without an address where a name is missing', () => {
  const own = { ...stored, channel: 'email', author: { ...agent, name: 'amelie@example.test' } } as const;
  expect(visitorMessage(own, visitorId)).toMatchObject({ channel: 'email', author: { kind: 'agent', name: null } });
  const customer = { ...stored, channel: 'email', author: { kind: 'contact', id: 'con_1', name: 'Ann' } } as const;
  expect(visitorMessage(customer, visitorId)?.author).toEqual({ kind: 'visitor', name: 'Ann' });
});

test('a Messenger message never reaches the widget', () => {
  expect(visitorMessage({ ...stored, channel: 'messenger' }, visitorId)).toBeNull();
});

test('an email that is not shown to be the visitor’s never reaches the widget', () => {
  const inbound = {
    ...stored,
    channel: 'email',
    author: { kind: 'contact', id: 'con_1', name: 'Ann' },
    email: mail,
  } as const;
  expect(visitorMessage(inbound, visitorId)?.text).toBe(stored.text);
  expect(visitorMessage({ ...inbound, email: { ...mail, agentsOnly: true } }, visitorId)).toBeNull();
});
