import { Messaging } from '@conversations/messaging';
import { Database, openDataSource } from '@conversations/persistence';
import { createLogger, Metrics, readSettings } from '@conversations/runtime';
import { AgentClient, eventually, serviceEnvironment, type Stack, startStack } from '@conversations/testing';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GatewaySettings } from '../src/config';
import { createGatewayDataSource } from '../src/data-source';
import { type Gateway, startGateway } from '../src/start-gateway';
import { graphql, INBOX_CHANGED, RawSocket, visitorWrites } from './raw-requests';

const INBOX = readFileSync(join(__dirname, 'inbox.graphql'), 'utf8');
const SEND = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) {
  message { id text channel } conversation { status assignee { displayName } }
  errors { __typename code path ... on IdempotencyConflictError { existingMessage { text } } } } }`;

let stack: Stack;
let amelie: AgentClient;
let tom: AgentClient;
/** A gateway within this process, whose requests can be counted. */
let gateway: Gateway;
let messaging: Messaging;
let database: Database;

beforeAll(async () => {
  stack = await startStack();
  [amelie, tom] = await Promise.all([stack.signIn('amelie'), stack.signIn('tom')]);
  const settings = readSettings(GatewaySettings, {
    ...serviceEnvironment('graphql-gateway', stack.installation),
    GRAPHQL_GATEWAY_PORT: '0',
  });
  const log = createLogger('graphql-gateway', { level: 'silent' });
  database = new Database(await openDataSource(createGatewayDataSource(settings, log), log));
  messaging = await Messaging.connect({ servers: settings.NATS_URL, name: 'counted', log });
  gateway = await startGateway({ settings, log, database, messaging, metrics: new Metrics('graphql-gateway') });
}, 120_000);
afterAll(async () => {
  await Promise.all([amelie.close(), tom.close()]);
  await gateway.stop();
  await messaging.drain();
  await database.dataSource.destroy();
  await stack.stop();
});

const ask = (query: string, variables: Record<string, unknown>) =>
  graphql(gateway.url, amelie.cookie, query, variables);
const send = (input: Record<string, unknown>) =>
  ask(SEND, { input: { channel: 'WEB_CHAT', clientMessageId: randomUUID(), ...input } });

it('the inbox with an open thread takes at most six requests to other services, however long the list is', async () => {
  const written = [];
  for (let i = 0; i < 12; i += 1) written.push(await visitorWrites(stack, amelie, `Visitor ${String(i)} writes`));
  const [first] = written;
  await amelie.open(first!.conversation.id);
  await amelie.reply(first!.conversation.id, 'And an agent answers');

  const before = messaging.requestCount;
  const answer = await ask(INBOX, { filter: { status: null }, open: first!.conversation.id, withThread: true });
  expect(answer.body.errors).toBeUndefined();
  expect(messaging.requestCount - before).toBeLessThanOrEqual(6);

  const data = answer.body.data as {
    conversations: { edges: { node: { lastMessage: { text: string } } }[] };
    conversation: {
      timeline: { edges: { node: { __typename: string; text?: string } }[] };
      replyOptions: { channel: string }[];
    };
  };
  expect(data.conversations.edges.map(({ node }) => node.lastMessage.text)).toEqual([
    'And an agent answers',
    ...Array.from({ length: 11 }, (_, i) => `Visitor ${String(11 - i)} writes`),
  ]);
  expect(data.conversation.timeline.edges.flatMap(({ node }) => node.text ?? [])).toEqual([
    'Visitor 0 writes',
    'And an agent answers',
  ]);
  expect(data.conversation.replyOptions.map(({ channel }) => channel)).toEqual(['WEB_CHAT', 'EMAIL', 'MESSENGER']);
  for (const { widget } of written) await widget.close();
}, 60_000);

it('pushed events of an inbox need no request at all', async () => {
  const socket = await new RawSocket(gateway.url, { cookie: amelie.cookie, origin: amelie.origin }).acknowledged();
  const query = INBOX_CHANGED.replace(/\.\.\. on InboxCountersChanged \{[^}]*\}\s*\}/, '');
  expect(query).not.toContain('InboxCountersChanged');
  socket.subscribe('1', query);
  await eventually(() => expect(socket.events('1').length).toBeGreaterThan(0));
  const before = messaging.requestCount;
  const { widget } = await visitorWrites(stack, amelie, 'No request for me');
  await eventually(() => expect(JSON.stringify(socket.events('1'))).toContain('No request for me'));
  expect(messaging.requestCount - before).toBe(0);
  socket.close();
  await widget.close();
});

it('behaviour: opening a conversation makes it read for every agent, and says by whom', async () => {
  const { widget, conversation } = await visitorWrites(stack, amelie, 'Read me');
  expect(conversation).toMatchObject({ unread: true, read: null });
  const feed = await tom.followInbox();
  await amelie.open(conversation.id);
  await eventually(() =>
    expect(feed.conversations.get(conversation.id)).toMatchObject({
      unread: false,
      read: { by: { displayName: 'Amélie Laurent' } },
    }),
  );
  expect((await tom.thread(conversation.id)).conversation.unread).toBe(false);
  await tom.markUnread(conversation.id);
  expect((await amelie.thread(conversation.id)).conversation.unread).toBe(true);
  await widget.close();
});

it('behaviour: Complete completes for every agent, and the next message opens it again, unread', async () => {
  const { widget, conversation } = await visitorWrites(stack, amelie, 'Complete me');
  const feed = await tom.followInbox();
  await amelie.complete(conversation.id);
  await eventually(() => expect(feed.conversations.get(conversation.id)?.status).toBe('COMPLETED'));
  expect((await tom.inbox()).map(({ id }) => id)).not.toContain(conversation.id);
  await widget.write('One more thing');
  await eventually(() =>
    expect(feed.conversations.get(conversation.id)).toMatchObject({ status: 'OPEN', unread: true }),
  );
  const { timeline } = await amelie.thread(conversation.id);
  expect(timeline.flatMap((item) => (item.__typename === 'Message' ? item.text : item.kind))).toEqual([
    'OPENED',
    'Complete me',
    'COMPLETED',
    'REOPENED',
    'One more thing',
  ]);
  await widget.close();
});

it('behaviour: the first agent who answers becomes the owner, and any agent may reassign', async () => {
  const { widget, conversation } = await visitorWrites(stack, amelie, 'Who owns me?');
  await amelie.reply(conversation.id, 'I do');
  await tom.reply(conversation.id, 'Not I');
  expect((await tom.thread(conversation.id)).conversation.assignee?.displayName).toBe('Amélie Laurent');
  const { agents } = await tom.request<{ agents: { id: string; displayName: string }[] }>(
    '{ agents { id displayName } }',
  );
  const vera = agents.find(({ displayName }) => displayName === 'Vera Novak');
  const admin = agents.find(({ displayName }) => displayName === 'Alex Admin');
  await expect(tom.assign(conversation.id, vera!.id)).rejects.toThrow('NOT_FOUND');
  await tom.assign(conversation.id, admin!.id);
  const { conversation: assigned, timeline } = await amelie.thread(conversation.id);
  expect(assigned.assignee?.displayName).toBe('Alex Admin');
  expect(timeline.at(-1)).toMatchObject({
    kind: 'ASSIGNED',
    stamp: { by: { displayName: 'Tom Becker' } },
    assignee: { displayName: 'Alex Admin' },
  });
  await widget.close();
});

it('a reply may be sent again with the same clientMessageId; other content under it is a named conflict', async () => {
  const { widget, conversation } = await visitorWrites(stack, amelie, 'Answer me once');
  const clientMessageId = randomUUID();
  const first = await send({ conversationId: conversation.id, text: ' Once ', clientMessageId, complete: true });
  expect(first.body.data).toMatchObject({
    sendMessage: {
      message: { text: 'Once', channel: 'WEB_CHAT' },
      conversation: { status: 'COMPLETED', assignee: { displayName: 'Amélie Laurent' } },
      errors: [],
    },
  });
  const second = await send({ conversationId: conversation.id, text: 'Once', clientMessageId, complete: true });
  const idOf = ({ body }: typeof first) =>
    (body.data as { sendMessage: { message: { id: string } } }).sendMessage.message.id;
  expect(idOf(second)).toBe(idOf(first));
  const conflict = await send({ conversationId: conversation.id, text: 'Twice', clientMessageId });
  expect(conflict.body.data).toMatchObject({
    sendMessage: {
      message: null,
      errors: [
        { __typename: 'IdempotencyConflictError', code: 'IDEMPOTENCY_CONFLICT', existingMessage: { text: 'Once' } },
      ],
    },
  });
  await widget.close();
});

it.each([
  ['EMPTY_MESSAGE', { text: ' \n ' }],
  ['TOO_LONG', { text: 'x'.repeat(10_001) }],
  ['ATTACHMENT_REJECTED', { text: 'Hi', attachmentIds: ['att_1'] }],
  ['CHANNEL_NOT_AVAILABLE', { text: 'Hi', channel: 'MESSENGER' }],
  ['NOT_FOUND', { text: 'Hi', conversationId: 'cnv_00000000000000000000000000000000' }],
])('what an agent can mend is %s in the payload, not a top-level error', async (code, input) => {
  const [conversation] = await amelie.inbox({ status: null });
  const answer = await send({ conversationId: conversation!.id, ...input });
  expect(answer.body.errors).toBeUndefined();
  expect(answer.body.data).toMatchObject({ sendMessage: { message: null, errors: [{ code }] } });
});

it('a reply with an unresolved tag comes back with its tags, and the preview shows what would be sent', async () => {
  const { widget, conversation } = await visitorWrites(stack, amelie, 'Call me by my name');
  const text = 'Hi {{contact.firstName|there}}, {{contact.company}}? {{agent.name}}';
  const answer = await ask(
    `query ($id: ID, $text: String!) { replyPreview(conversationId: $id, text: $text) {
      text tags { written start value problem suggestion } offered } }`,
    { id: conversation.id, text },
  );
  const unresolved = { written: '{{contact.company}}', problem: 'NO_VALUE', suggestion: null };
  expect(answer.body.data).toMatchObject({
    replyPreview: {
      text: 'Hi there, {{contact.company}}? Amélie Laurent',
      tags: [{ value: 'there', problem: null }, unresolved, { value: 'Amélie Laurent' }],
    },
  });
  const refused = await ask(
    `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } errors {
      code ... on UnresolvedTagsError { tags { written problem suggestion } } } } }`,
    { input: { conversationId: conversation.id, channel: 'WEB_CHAT', text, clientMessageId: randomUUID() } },
  );
  expect(refused.body.data).toEqual({
    sendMessage: { message: null, errors: [{ code: 'UNRESOLVED_TAGS', tags: [unresolved] }] },
  });
  await widget.close();
});

it('lists and threads page by cursor, and a count is exact', async () => {
  const widget = stack.widget();
  await widget.connect();
  for (let i = 1; i <= 7; i += 1) await widget.write(`Page ${String(i)}`);
  const conversation = await eventually(async () => {
    const found = (await amelie.inbox()).find(({ lastMessage }) => lastMessage?.text === 'Page 7');
    if (found === undefined) throw new Error('not listed yet');
    return found;
  });
  const page = async (variables: Record<string, unknown>) => {
    const answer = await ask(
      `query ($id: ID!, $last: Int, $before: String, $first: Int, $after: String) { conversation(id: $id) {
        timeline(last: $last, before: $before, first: $first, after: $after) {
          nodes { ... on Message { text } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
      { id: conversation.id, ...variables },
    );
    const { timeline } = (answer.body.data as { conversation: { timeline: TimelinePage } }).conversation;
    return { texts: timeline.nodes.flatMap(({ text }) => text ?? []), info: timeline.pageInfo };
  };
  const newest = await page({ last: 3 });
  expect(newest.texts).toEqual(['Page 5', 'Page 6', 'Page 7']);
  expect(newest.info).toMatchObject({ hasPreviousPage: true, hasNextPage: false });
  expect((await page({ last: 3, before: newest.info.startCursor })).texts).toEqual(['Page 2', 'Page 3', 'Page 4']);
  const oldest = await page({ first: 3 });
  expect(oldest.texts).toEqual(['Page 1', 'Page 2']);
  expect((await page({ first: 2, after: oldest.info.endCursor })).texts).toEqual(['Page 3', 'Page 4']);

  const count = await ask('{ conversations(filter: { status: null }, first: 2) { nodes { id } totalCount } }', {});
  const total = (await amelie.inbox({ status: null })).length;
  expect(count.body.data).toMatchObject({ conversations: { totalCount: total } });
  await widget.close();
});

interface TimelinePage {
  nodes: { text?: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}
