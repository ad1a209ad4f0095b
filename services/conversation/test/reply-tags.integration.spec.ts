import type { DataOf, Envelope } from '@conversations/contracts';
import { MessageAdded, PreviewReply, Reply, SendEmail, SendMessenger, UserError } from '@conversations/contracts';
import { carries } from '@conversations/messaging';
import { eventually } from '@conversations/testing';
import { newAddress, receives } from './mails';
import { lookedUp, newPerson, says as messengerSays, wrote } from './messenger-people';
import type { RunningService } from './running-service';
import { eventsOf, startConversation } from './running-service';
import { amelie, answer, conversationNow, fillsForm, identifies, messagesNow, newVisitor, says, tom } from './visitors';

let service: RunningService;

beforeAll(async () => {
  service = await startConversation({ env: { EMAIL_CHANNEL: 'on', EMAIL_INBOX_ADDRESSES: 'inbox@shop.example' } });
}, 60_000);

afterAll(() => service?.stop(), 60_000);

const request: RunningService['messaging']['request'] = (contract, input, options) =>
  service.messaging.request(contract, input, options);

/** A visitor who filled a form. */
async function known(person: Parameters<typeof fillsForm>[2]): Promise<string> {
  const visitor = newVisitor();
  const { conversationId } = await says(service.messaging, visitor, 'question');
  await fillsForm(service.messaging, visitor, person);
  return conversationId;
}

const preview = async (conversationId: string | null, text: string) =>
  (await request(PreviewReply, { conversationId, by: amelie, text })).preview;

async function refusalOf(asked: Promise<unknown>): Promise<UserError> {
  const error: unknown = await asked.catch((thrown: unknown) => thrown);
  if (!(error instanceof UserError)) throw new Error('it was not refused');
  return error;
}

/** What adapters were told to send in a conversation. */
async function commands(conversationId: string): Promise<Envelope[]> {
  const owner = await service.sql('owner');
  const { rows } = await owner.query<{ body: string }>(
    `SELECT body FROM outbox WHERE key = $1 AND subject LIKE 'out.%' ORDER BY seq`,
    [conversationId],
  );
  return rows.map(({ body }) => JSON.parse(body) as Envelope);
}

describe('tags in a reply', () => {
  it('by chat are resolved from what the form said; message and event hold the resolved text', async () => {
    const conversationId = await known({ email: newAddress(), name: 'Tom Okafor', company: 'Acme' });
    const sent = answer(
      conversationId,
      'Hi {{contact.firstName}} of {{ contact.company | you }}, {{agent.firstName}} here',
    );
    const { message } = await request(Reply, sent);
    const text = 'Hi Tom of Acme, Amélie here';
    expect(message.text).toBe(text);
    expect((await messagesNow(service.messaging, conversationId)).at(-1)?.text).toBe(text);
    await eventually(async () => {
      const added = (await eventsOf(service, conversationId, 1)).filter((event) => carries(event, MessageAdded));
      expect(added.at(-1)).toMatchObject({ data: { message: { text } } });
    });
  });

  it('by email are resolved from the sender of the mail, and the order to the adapter holds the text', async () => {
    const address = newAddress();
    const { conversationId } = await receives(service.messaging, { from: { name: 'Okafor, Ann', address } });
    const sent = { ...answer(conversationId, '{{contact.firstName}}: {{contact.email}}'), channel: 'email' as const };
    const { message } = await request(Reply, sent);
    expect(message.text).toBe(`Ann: ${address}`);
    const [order] = await commands(conversationId);
    expect((order?.data as DataOf<typeof SendEmail>).text).toBe(`Ann: ${address}`);
  });

  it('by Messenger are resolved from the profile, once Facebook tells the name', async () => {
    const person = newPerson();
    const { conversation } = await messengerSays(service, wrote(person, 'hello'));
    const sent = { ...answer(conversation.id, 'Hi {{contact.firstName}}'), channel: 'messenger' as const };
    expect((await refusalOf(request(Reply, sent))).code).toBe('UNRESOLVED_TAGS');
    await lookedUp(service, person, { displayName: 'Ken Adams' });
    await eventually(async () =>
      expect((await conversationNow(service.messaging, conversation.id)).title).toBe('Ken Adams'),
    );
    expect((await request(Reply, sent)).message.text).toBe('Hi Ken');
    const [order] = await commands(conversation.id);
    expect((order?.data as DataOf<typeof SendMessenger>).text).toBe('Hi Ken');
  });

  it('that are not resolved refuse the reply by name, and nothing is stored', async () => {
    const { conversationId } = await says(service.messaging, newVisitor(), 'question');
    const text = '{{contact.name}} {{contact.frstName|x}} {{agent.name}} \\{{product.title}} {{ handlebars }}';
    const error = await refusalOf(request(Reply, answer(conversationId, text)));
    expect(error).toMatchObject({ code: 'UNRESOLVED_TAGS', options: { path: ['input', 'text'] } });
    expect(error.options.details?.['tags']).toMatchObject([
      { written: '{{contact.name}}', start: 0, problem: 'NO_VALUE', suggestion: null },
      { written: '{{contact.frstName|x}}', start: 17, problem: 'UNKNOWN', suggestion: 'contact.firstName' },
    ]);
    expect(await conversationNow(service.messaging, conversationId)).toMatchObject({ version: 2, assigneeId: null });

    const mended = '{{contact.name|Hello}} {{agent.name}} \\{{product.title}} {{ handlebars }}';
    expect((await request(Reply, answer(conversationId, mended))).message.text).toBe(
      'Hello Amélie Roux {{product.title}} {{ handlebars }}',
    );
  });

  it('do not resolve what a visitor calls themselves, and no line break comes with a name', async () => {
    const conversationId = await known({ email: newAddress(), name: '{{agent.name}}\r\nBcc: all@example.com' });
    const { message } = await request(Reply, answer(conversationId, 'Hi {{contact.name}}'));
    expect(message.text).toBe('Hi {{agent.name}} Bcc: all@example.com');
    const shown = await preview(conversationId, 'Hi {{contact.name}}');
    expect(shown?.text).toBe(message.text);
    expect((await request(Reply, answer(conversationId, shown?.draft ?? ''))).message.text).toBe(message.text);
  });

  it('show nothing of a contact whose address a visitor only typed', async () => {
    const [owner, address] = [newVisitor(), newAddress()];
    const owned = await says(service.messaging, owner, 'question');
    await identifies(service.messaging, owner, address, 'Ann Okafor');
    await eventually(async () =>
      expect((await conversationNow(service.messaging, owned.conversationId)).title).toBe('Ann Okafor'),
    );
    const conversationId = await known({ email: address, name: 'Mallory' });
    await eventually(async () =>
      expect((await conversationNow(service.messaging, conversationId)).contactId).not.toBeNull(),
    );
    expect((await preview(conversationId, '{{contact.name}} {{contact.email}}'))?.tags).toMatchObject([
      { value: null, problem: 'NO_VALUE' },
      { value: address, problem: null },
    ]);
  });

  it('sent again under the same clientMessageId give the text that was sent, whatever the names are now', async () => {
    const visitor = newVisitor();
    const address = newAddress();
    const { conversationId } = await says(service.messaging, visitor, 'question');
    await fillsForm(service.messaging, visitor, { email: address, name: 'Tom Okafor' });
    const sent = answer(conversationId, ' Hi {{contact.firstName}}! ');
    const first = await request(Reply, sent);
    await identifies(service.messaging, visitor, address, 'J. Okafor');
    await eventually(async () =>
      expect((await conversationNow(service.messaging, conversationId)).title).toBe('J. Okafor'),
    );
    expect((await refusalOf(request(Reply, { ...sent, by: tom }))).code).toBe('UNRESOLVED_TAGS');
    expect((await request(Reply, sent)).message).toEqual(first.message);
    for (const other of ['Bye {{contact.firstName}}!', 'Bye {{contact.name}}!'])
      expect((await refusalOf(request(Reply, { ...sent, text: other }))).code).toBe('IDEMPOTENCY_CONFLICT');
  });

  it('count against the limit as what they become', async () => {
    const conversationId = await known({ email: newAddress(), name: 'Al Li' });
    const long = `${'x'.repeat(9_990)}{{contact.firstName|somebody}}`;
    expect((await request(Reply, answer(conversationId, long))).message.text).toHaveLength(9_992);
    const longer = `${'x'.repeat(9_970)}{{contact.email}}{{contact.email}}`;
    expect((await refusalOf(request(Reply, answer(conversationId, longer)))).code).toBe('TOO_LONG');
    expect((await refusalOf(request(Reply, answer(conversationId, ' {{contact.company|}} ')))).code).toBe(
      'EMPTY_MESSAGE',
    );
  });
});

describe('a preview', () => {
  it('of no conversation knows which tags there are, and of an unknown one is nothing', async () => {
    const shown = await preview(null, 'Hi {{contact.name}} {{contact.nmae}}');
    expect(shown?.tags.map(({ problem, suggestion }) => [problem, suggestion])).toEqual([
      [null, null],
      ['UNKNOWN', 'contact.name'],
    ]);
    expect(shown?.offered).toContain('contact.firstName');
    expect(await preview(`cnv_${'0'.repeat(32)}`, 'Hi')).toBeNull();
  });
});
