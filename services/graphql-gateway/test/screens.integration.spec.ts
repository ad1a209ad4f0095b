import { ChatVisitorIdentified, visitorThreadKey } from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { Database, openDataSource } from '@conversations/persistence';
import { createLogger, Metrics, readSettings } from '@conversations/runtime';
import { type AgentClient, eventually, serviceEnvironment, type Stack, startStack } from '@conversations/testing';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GatewaySettings } from '../src/config';
import { createGatewayDataSource } from '../src/data-source';
import { type Gateway, startGateway } from '../src/start-gateway';
import { graphql } from './raw-requests';

const INBOX = readFileSync(join(__dirname, 'inbox.graphql'), 'utf8');
const THREAD = readFileSync(join(__dirname, 'thread.graphql'), 'utf8');
const PAGE = { url: 'https://shop.example/shoes', title: 'Shoes' };
const TIME = expect.stringMatching(/^20\d\d-.*Z$/) as string;
const AMELIE = { id: expect.stringMatching(/^agt_/) as string, displayName: 'Amélie Laurent' };
const TOM = { id: expect.stringMatching(/^agt_/) as string, displayName: 'Tom Becker' };

let stack: Stack;
let amelie: AgentClient;
let tom: AgentClient;
/** A gateway within this process, whose requests can be counted. */
let gateway: Gateway;
let messaging: Messaging;
let database: Database;

beforeAll(async () => {
  stack = await startStack({ env: { CHAT_OFFLINE_GRACE_SECONDS: '1', EMAIL_CHANNEL: 'off' } });
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
  await gateway.stop();
  await messaging.drain();
  await database.dataSource.destroy();
  await stack.stop();
});

/** The data of a document and the requests to other services that it took. */
async function ask<T>(query: string, variables: Record<string, unknown>): Promise<{ data: T; requests: number }> {
  const before = messaging.requestCount;
  const answer = await graphql(gateway.url, amelie.cookie, query, variables);
  expect(answer.body.errors).toBeUndefined();
  return { data: answer.body.data as T, requests: messaging.requestCount - before };
}

/** A visitor who is known by address, writes, is read and answered by Amélie, reassigned to Tom, and writes again. */
async function conversationWithEverything() {
  const widget = stack.widget({ page: PAGE, locale: 'fr' });
  await widget.connect();
  await widget.write('Bonjour');
  const visitorId = widget.visitor!;
  const tokenHash = createHash('sha256').update(widget.token!).digest('hex');
  await messaging.publish(ChatVisitorIdentified, visitorThreadKey(visitorId), {
    origin: { visitorId, siteId: 'site_demo', tokenHash, locale: 'fr', page: PAGE },
    externalId: 'u_7',
    email: 'zoe@example.test',
    name: 'Zoé Martin',
    at: new Date().toISOString(),
  });
  const id = await eventually(async () => {
    const [found] = await amelie.inbox();
    expect(found?.title).toBe('Zoé Martin');
    return found!.id;
  });
  await amelie.reply(id, 'Bonjour Zoé');
  const { agents } = await amelie.request<{ agents: { id: string; displayName: string }[] }>(
    '{ agents { id displayName } }',
  );
  await amelie.assign(id, agents.find(({ displayName }) => displayName === TOM.displayName)!.id);
  await widget.write('Merci');
  await tom.open(id);
  return { widget, id };
}

it('one inbox document has every fact of a row, in at most six requests; a thread document every fact of a thread', async () => {
  const { widget, id } = await conversationWithEverything();
  const inbox = await eventually(async () => {
    const asked = await ask<{ conversations: { edges: { node: object }[] } }>(INBOX, {
      filter: { status: 'OPEN' },
      open: id,
      withThread: false,
    });
    expect(asked.data.conversations.edges[0]!.node).toMatchObject({
      title: 'Zoé Martin',
      status: 'OPEN',
      unread: false,
      read: { by: TOM, at: TIME },
      waitingForReply: true,
      assignee: TOM,
      channels: ['WEB_CHAT'],
      lastChannel: 'WEB_CHAT',
      visitor: { id: widget.visitor, presence: { state: 'ONLINE', since: TIME }, currentPage: PAGE },
      lastMessage: { text: 'Merci', direction: 'INBOUND', author: { __typename: 'Visitor' }, delivery: null },
    });
    return asked;
  });
  expect(inbox.requests).toBeLessThanOrEqual(3);
  const whole = await ask(INBOX, { filter: { status: 'OPEN' }, open: id, withThread: true });
  expect(whole.requests).toBeLessThanOrEqual(6);

  await tom.request('mutation ($input: AgentActivityInput!) { setAgentActivity(input: $input) }', {
    input: { conversationId: id, writing: true },
  });
  const thread = await eventually(async () => {
    const asked = await ask<{ conversation: Record<string, unknown> }>(THREAD, { id });
    expect(asked.data.conversation).toMatchObject({ agentActivity: [{ agent: TOM, writing: true, since: TIME }] });
    return asked;
  });
  expect(thread.requests).toBeLessThanOrEqual(6);
  const visitorName = expect.stringMatching(/\S/) as string;
  const visitor = { __typename: 'Visitor', id: widget.visitor, displayName: visitorName };
  const line = (kind: string, by: object | null, assignee: object | null = null) => ({
    __typename: 'ConversationActivity',
    kind,
    stamp: { by, at: TIME },
    assignee,
  });
  expect(thread.data.conversation).toMatchObject({
    id,
    title: 'Zoé Martin',
    read: { by: TOM, at: TIME },
    contact: { displayName: 'Zoé Martin', email: 'zoe@example.test', avatarUrl: null, createdAt: TIME },
    visitor: {
      id: widget.visitor,
      displayName: visitorName,
      locale: 'fr',
      contact: { id: expect.stringMatching(/^con_/) as string },
      presence: { state: 'ONLINE' },
      currentPage: PAGE,
    },
    replyOptions: [
      { channel: 'WEB_CHAT', available: true, default: true, recipient: 'Zoé Martin', disabledReason: null },
      { channel: 'EMAIL', available: false, default: false, disabledReason: 'CHANNEL_NOT_CONFIGURED' },
      { channel: 'MESSENGER', available: false, default: false, disabledReason: 'NOT_A_MESSENGER_THREAD' },
    ],
    timeline: {
      nodes: [
        line('OPENED', null),
        { __typename: 'Message', text: 'Bonjour', direction: 'INBOUND', author: visitor, channel: 'WEB_CHAT' },
        line('CONTACT_LINKED', null),
        // Who answers first becomes the owner.
        line('ASSIGNED', AMELIE, AMELIE),
        {
          text: 'Bonjour Zoé',
          direction: 'OUTBOUND',
          author: { __typename: 'Agent', ...AMELIE },
          delivery: { state: expect.stringMatching(/^(ACCEPTED|SENT|DELIVERED|SEEN)$/) as string, at: TIME },
        },
        line('ASSIGNED', AMELIE, TOM),
        { text: 'Merci', direction: 'INBOUND', author: visitor, delivery: null },
      ],
    },
  });

  await tom.assign(id, null);
  const after = await ask<{ conversation: { timeline: { nodes: object[] } } }>(THREAD, { id });
  expect(after.data.conversation.timeline.nodes.at(-1)).toMatchObject(line('ASSIGNED', TOM, null));
  // To agents only.
  await eventually(() => expect(widget.thread.map(({ text }) => text)).toEqual(['Bonjour', 'Bonjour Zoé', 'Merci']));
  expect(JSON.stringify(widget.frames)).not.toContain('ASSIGNED');

  await widget.close();
  await eventually(async () => {
    const left = await ask<{ conversation: object }>(THREAD, { id });
    expect(left.data.conversation).toMatchObject({
      visitor: { presence: { state: 'OFFLINE', since: TIME }, currentPage: null },
      replyOptions: [{ channel: 'WEB_CHAT', available: true, notice: 'VISITOR_OFFLINE' }, {}, {}],
    });
  });
}, 60_000);
