import { randomUUID } from 'node:crypto';
import type { DataOf, Envelope, MessageContract, UploadOwner } from '@conversations/contracts';
import {
  ChatFormSubmitted,
  ChatMessageReceived,
  ChatRead,
  MessengerDeliveryChanged,
  MessengerMessageChanged,
  MessengerMessageReceived,
  visitorThreadKey,
} from '@conversations/contracts';
import { composeMessage } from '@conversations/messaging';
import { Database, migrate, PostgresLaneStore } from '@conversations/persistence';
import { newId } from '@conversations/runtime';
import type { PostgresServer } from '@conversations/testing';
import { startPostgres } from '@conversations/testing';
import type { DataSource } from 'typeorm';
import { installDefaultFlow } from '../src/automation/default-flow';
import { FlowVersions } from '../src/automation/flow-versions';
import { moveDueRuns } from '../src/automation/run-timers';
import { Uploads } from '../src/attachment/uploads';
import { Assign } from '../src/conversation/assign';
import { Complete } from '../src/conversation/complete';
import { Conversation } from '../src/conversation/conversation.entity';
import { InboxQuery } from '../src/conversation/inbox.query';
import { Message } from '../src/conversation/message.entity';
import { Read } from '../src/conversation/read';
import { receiveBatch } from '../src/conversation/receive-batch';
import { Reply } from '../src/conversation/reply';
import { ReplyOptionsQuery } from '../src/conversation/reply-options.query';
import { TagValuesQuery } from '../src/conversation/tag-values.query';
import { SearchQuery } from '../src/conversation/search.query';
import { ThreadQuery } from '../src/conversation/thread.query';
import { VisitorThreadQuery } from '../src/conversation/visitor-thread.query';
import { conversationDataSource, SCHEMA } from '../src/data-source';
import { migrations } from '../src/migrations';
import { envelopeOf, mail } from './mails';
import type { Person } from './messenger-people';
import { changed, newPerson, wrote } from './messenger-people';
import type { Visitor } from './visitors';
import { amelie, answer, newVisitor, tom, written } from './visitors';

let postgres: PostgresServer;
let dataSource: DataSource;
let database: Database;
let sent: string[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  await postgres.createDatabase('conversations');
  const address = {
    DATABASE_HOST: postgres.host,
    DATABASE_PORT: postgres.port,
    DATABASE_NAME: 'conversations',
  };
  const role = 'conversation_service';
  await migrate({
    admin: { ...address, DATABASE_ADMIN_USER: postgres.user, DATABASE_ADMIN_PASSWORD: postgres.password },
    service: 'conversation',
    schema: SCHEMA,
    role,
    rolePassword: 'role-password',
    migrations,
    grants: [{ table: 'attachment', privileges: ['DELETE'] }],
  });
  dataSource = conversationDataSource({
    ...address,
    DATABASE_USER: role,
    DATABASE_PASSWORD: 'role-password',
    DATABASE_POOL: 4,
  });
  await dataSource.initialize();
  database = new Database(dataSource);
  const silent = () => undefined;
  dataSource.logger = {
    logQuery: (sql) => void sent.push(sql.trim()),
    logQueryError: silent,
    logQuerySlow: silent,
    logSchemaBuild: silent,
    logMigration: silent,
    log: silent,
  };
}, 60_000);

afterAll(async () => {
  await dataSource?.destroy();
  await postgres?.stop();
}, 60_000);

/** How many statements reach Postgres, without the beginning and the end of the transaction. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  sent = [];
  await work();
  return sent.filter((sql) => !/^(START TRANSACTION|COMMIT)/.test(sql)).length;
}

function envelope<C extends MessageContract>(contract: C, key: string, data: DataOf<C>): Envelope {
  return JSON.parse(composeMessage(contract, key, data).body) as Envelope;
}

const message = (visitor: Visitor, text = 'Hi') => {
  const data = written(visitor, text);
  return envelope(ChatMessageReceived, data.threadKey, data);
};

/** Files that their owner may send. */
async function uploads(owner: UploadOwner, count: number) {
  const files = new Uploads(dataSource);
  return Promise.all(
    Array.from({ length: count }, async () => {
      const { id } = await files.reserve({ owner, storageKey: randomUUID() });
      return (await files.complete({ id, filename: 'a.txt', contentType: 'text/plain', byteSize: 1 })).attachment;
    }),
  );
}

const form = (visitor: Visitor) =>
  envelope(ChatFormSubmitted, visitorThreadKey(visitor.visitorId), {
    ...written(visitor, 'unused'),
    clientMessageId: randomUUID(),
    messageId: newId('msg'),
    formId: 'f_1',
    answers: [{ key: 'email', label: 'Email', value: `${randomUUID()}@example.com` }],
  });

const read = ({ visitorId }: Visitor, upToPosition: number) =>
  envelope(ChatRead, visitorThreadKey(visitorId), { visitorId, upToPosition, at: new Date().toISOString() });

const receive = (envelopes: Envelope[]) => database.transaction((tx) => receiveBatch(tx, envelopes));

async function begin(): Promise<{ visitor: Visitor; conversationId: string }> {
  const visitor = newVisitor();
  await receive([message(visitor)]);
  const { id } = await dataSource.manager.findOneByOrFail(Conversation, { visitorId: visitor.visitorId });
  return { visitor, conversationId: id };
}

describe('the look-up of a lane', () => {
  it('is planned once, on empty tables, and uses indices all the same', async () => {
    const store = new PostgresLaneStore(dataSource, SCHEMA);
    const none = { streamCreated: null, position: 0 };
    const next = { streamCreated: 'now', position: 1 };
    const plan = await store.transact([{ lane: 0, expected: none, next }], async (tx) => {
      await receiveBatch(tx, [message(newVisitor())]);
      return tx.query<Record<string, string>[]>(`EXPLAIN EXECUTE "conversation-lock" ('{vis_1}', '{cnv_1}', '{key}')`);
    });
    const lines = plan.map((row) => row['QUERY PLAN'] ?? '').join('\n');
    expect(lines).not.toMatch(/Seq Scan|Index Scan using/);
    for (const index of ['conversation_visitor', 'conversation_pkey', 'message_idempotency'])
      expect(lines).toMatch(new RegExp(`on ${index}\\b`));
  });
});

describe('a batch of 200 inbound messages', () => {
  const visitors = Array.from({ length: 100 }, newVisitor);

  it('that begins 100 conversations takes 5 statements', async () => {
    const batch = [...visitors, ...visitors].map((visitor) => message(visitor));
    expect(await statementsOf(() => receive(batch))).toBe(5);
    const last = await dataSource.manager.findOneByOrFail(Conversation, { visitorId: visitors[0]?.visitorId });
    expect(last).toMatchObject({ lastPosition: 2, version: 3 });
  });

  it('in conversations that exist takes 3', async () => {
    const batch = [...visitors, ...visitors].map((visitor) => message(visitor));
    expect(await statementsOf(() => receive(batch))).toBe(3);
  });

  it('that are all stored already takes 1 and changes nothing', async () => {
    const batch = visitors.map((visitor) => message(visitor));
    await receive(batch);
    expect(await statementsOf(() => receive([...batch, ...batch]))).toBe(1);
  });

  it('with files takes 2 more, however many there are', async () => {
    const batch: Envelope[] = [];
    for (const visitor of visitors.slice(0, 20)) {
      const attachments = await uploads({ kind: 'visitor', id: visitor.visitorId, ...visitor }, 3);
      const data = { ...written(visitor, ''), attachments };
      batch.push(envelope(ChatMessageReceived, data.threadKey, data));
    }
    expect(await statementsOf(() => receive(batch))).toBe(5);
  });

  it('of every kind, in new and old conversations, takes 10, however many there are', async () => {
    // One of them looks for flows that wait for the forms.
    const known = await begin();
    const batch = [
      ...visitors.flatMap((visitor) => [message(visitor), form(visitor)]),
      message(newVisitor()),
      read(known.visitor, 1),
    ];
    expect(await statementsOf(() => receive(batch))).toBe(10);
  });
});

describe('a batch of 200 facts from Messenger', () => {
  const people = Array.from({ length: 100 }, () => newPerson());
  const messenger = (person: Person) => {
    const data = wrote(person, 'Hi');
    return { data, fact: envelope(MessengerMessageReceived, data.threadKey, data) };
  };
  const messages = () => [...people, ...people].map((person) => messenger(person));

  it('that begins 100 conversations takes 8 statements, in conversations that exist 7', async () => {
    expect(await statementsOf(() => receive(messages().map(({ fact }) => fact)))).toBe(8);
    expect(await statementsOf(() => receive(messages().map(({ fact }) => fact)))).toBe(7);
  });

  it('of which half are changes of messages that are there takes 9, and 5 when all of it is known', async () => {
    const known = messages();
    await receive(known.map(({ fact }) => fact));
    const changes = known.map(({ data }) =>
      envelope(MessengerMessageChanged, data.threadKey, changed(data, { kind: 'REACTION', emoji: '❤' })),
    );
    const news = messages().map(({ fact }) => fact);
    const mixed = [...changes.slice(0, 100), ...news.slice(0, 100)];
    expect(await statementsOf(() => receive(mixed))).toBe(9);
    expect(await statementsOf(() => receive(mixed))).toBe(5);
  });

  it('about the delivery of answers takes 7', async () => {
    const person = newPerson();
    const { data, fact } = messenger(person);
    await receive([fact]);
    const { id } = await dataSource.manager.findOneByOrFail(Conversation, { messengerProfileId: person.profile.id });
    const seen = { ...answer(id, 'hi'), channel: 'messenger' as const };
    const options = new ReplyOptionsQuery(dataSource, { isOnline: () => false }, { email: false });
    const { message: sentNow } = await new Reply(
      database,
      options,
      { matchContact: 'latest', address: '' },
      tags(),
    ).run(seen);
    const report = envelope(MessengerDeliveryChanged, id, {
      ...{ conversationId: id, messageId: sentNow.id, state: 'SEEN', attempt: 1, at: data.sentAt },
      ...{ failureCode: null, detail: null, retryable: false },
    });
    expect(await statementsOf(() => receive([report]))).toBe(7);
  });
});

const tags = () => new TagValuesQuery(dataSource);

describe("an agent's command", () => {
  const replies = () =>
    new Reply(
      database,
      new ReplyOptionsQuery(dataSource, { isOnline: () => true }, { email: false }),
      {
        matchContact: 'latest',
        address: '',
      },
      tags(),
    );

  it('reads in 3 statements, and in 1 what is read already', async () => {
    const { conversationId } = await begin();
    const reading = new Read(database);
    expect(await statementsOf(() => reading.run({ conversationId, by: amelie }))).toBe(3);
    expect(await statementsOf(() => reading.run({ conversationId, by: tom }))).toBe(1);
  });

  it('completes in 5, one of which ends the bot, and assigns in 4', async () => {
    const { conversationId } = await begin();
    const input = { conversationId, by: amelie };
    expect(await statementsOf(() => new Complete(database).run(input))).toBe(5);
    expect(await statementsOf(() => new Complete(database).reopen(input))).toBe(4);
    expect(await statementsOf(() => new Assign(database).run({ ...input, assignee: tom }))).toBe(4);
  });

  it('answers in 7 as the first, in 6 later, one of which ends the bot, and in 3 what was sent before', async () => {
    const { conversationId } = await begin();
    const first = answer(conversationId, 'first');
    expect(await statementsOf(() => replies().run(first))).toBe(7);
    expect(await statementsOf(() => replies().run(answer(conversationId, 'second')))).toBe(6);
    expect(await statementsOf(() => replies().run(first))).toBe(3);
  });

  it('answers on Messenger in 6, where there is no bot and one reads the window', async () => {
    const person = newPerson();
    const data = wrote(person, 'Hi');
    await receive([envelope(MessengerMessageReceived, data.threadKey, data)]);
    const { id } = await dataSource.manager.findOneByOrFail(Conversation, { messengerProfileId: person.profile.id });
    await replies().run({ ...answer(id, 'first'), channel: 'messenger' });
    expect(await statementsOf(() => replies().run({ ...answer(id, 'second'), channel: 'messenger' }))).toBe(6);
  });

  it('answers with files in 2 more', async () => {
    const { conversationId } = await begin();
    await replies().run(answer(conversationId, 'first'));
    const attachmentIds = (await uploads(amelie, 10)).map(({ id }) => id);
    expect(await statementsOf(() => replies().run({ ...answer(conversationId, ''), attachmentIds }))).toBe(8);
  });
});

describe('email', () => {
  const mails = (count: number) => Array.from({ length: count }, () => envelopeOf(mail()));
  const replies = () =>
    new Reply(
      database,
      new ReplyOptionsQuery(dataSource, { isOnline: () => false }, { email: true }),
      {
        matchContact: 'latest',
        address: 'inbox@shop.example',
      },
      tags(),
    );

  it('a batch of mails from unknown addresses takes 10 statements, one that are stored already 3, whatever the number', async () => {
    const [one, many] = [mails(1), mails(100)];
    expect(await statementsOf(() => receive(one))).toBe(10);
    expect(await statementsOf(() => receive(many))).toBe(10);
    expect(await statementsOf(() => receive(many))).toBe(3);
  });

  it('a first reply by email takes 11', async () => {
    const from = mail();
    await receive([envelopeOf(from)]);
    const { conversationId } = await dataSource.manager.findOneByOrFail(Message, { id: from.messageId });
    const first = { ...answer(conversationId, 'first'), channel: 'email' as const };
    expect(await statementsOf(() => replies().run(first))).toBe(11);
  });
});

describe('a query', () => {
  it('takes 1 statement for a page of the inbox, 2 with its count, 4 for a search of a rare word', async () => {
    const inbox = new InboxQuery(dataSource, new SearchQuery(dataSource));
    const filter = {
      status: 'OPEN' as const,
      unread: null,
      channels: null,
      contactId: null,
      visitorIds: null,
      assignment: null,
      assigneeId: null,
      waitingForReply: null,
      search: null,
    };
    const page = { filter, first: 50, after: null, count: false };
    expect(await statementsOf(() => inbox.list({ pages: [page] }))).toBe(1);
    expect(await statementsOf(() => inbox.list({ pages: [{ ...page, count: true }] }))).toBe(2);
    expect(await statementsOf(() => inbox.list({ pages: [{ ...page, filter: { ...filter, search: 'rare' } }] }))).toBe(
      4,
    );
    expect(await statementsOf(() => inbox.count())).toBe(1);
  });

  it('takes 3 for any number of threads, 1 for any number of reply options', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) ids.push((await begin()).conversationId);
    const pages = ids.map((conversationId) => ({
      conversationId,
      limit: 50,
      before: null,
      after: null,
      forward: false,
    }));
    expect(await statementsOf(() => new ThreadQuery(dataSource).list({ pages }))).toBe(3);
    const options = new ReplyOptionsQuery(dataSource, { isOnline: () => false }, { email: true });
    expect(await statementsOf(() => options.list({ ids }))).toBe(1);
  });

  it('takes 3 for a visitor that comes back', async () => {
    const { visitor } = await begin();
    const { siteId, tokenHash } = visitor;
    const thread = new VisitorThreadQuery(dataSource);
    expect(await statementsOf(() => thread.resume({ siteId, tokenHash, lastSeq: 0 }))).toBe(3);
  });
});

describe('the chatbot', () => {
  it('adds nothing to a batch that begins conversations while it is off, and 1 statement while it is on', async () => {
    const flows = new FlowVersions();
    const begin100 = () => {
      const batch = Array.from({ length: 100 }, newVisitor).map((visitor) => message(visitor));
      return database.transaction((tx) => receiveBatch(tx, batch, { matchContact: 'latest', flows }));
    };
    await installDefaultFlow(dataSource, { enabled: false });
    await begin100();
    expect(await statementsOf(begin100)).toBe(5);
    const waiting = [
      { id: 'a', kind: 'message', text: 'a' },
      { id: 'w', kind: 'wait', seconds: 1 },
      { id: 'b', kind: 'message', text: 'b' },
    ];
    await dataSource.query(
      `INSERT INTO automation_version SELECT 2, content || $1, published_by, published_at FROM automation_version`,
      [{ enabled: true, steps: waiting }],
    );
    await begin100();
    expect(await statementsOf(begin100)).toBe(6);
  });

  it('moves 20 flows on whose wait is over in 6, and looks for nothing in 1', async () => {
    const flows = new FlowVersions();
    const later = new Date(Date.now() + 60_000);
    const move = (at: Date) => database.transaction((tx) => moveDueRuns(tx, flows, at));
    expect(await statementsOf(() => move(new Date(0)))).toBe(1);
    expect(await move(later)).toBe(20);
    expect(await statementsOf(() => move(later))).toBe(6);
  });
});
