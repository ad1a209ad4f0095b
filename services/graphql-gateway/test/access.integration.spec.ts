import { findRepositoryRoot } from '@conversations/runtime';
import { type AgentClient, type Stack, startStack } from '@conversations/testing';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { codesOf, graphql, post, RawSocket, visitorWrites } from './raw-requests';

type Least = 'VIEWER' | 'AGENT' | 'ADMIN';
/** `document` asks for the field with valid arguments; `$id` is a conversation that exists. */
interface Entry {
  least: Least;
  document: string;
}

const input = (fields: string) => `(input: { ${fields} }) { errors { code } }`;
const MATRIX: Record<string, Entry> = {
  'Query.viewer': { least: 'VIEWER', document: '{ viewer { agent { id } } }' },
  'Query.node': { least: 'VIEWER', document: '{ node(id: "$id") { id } }' },
  'Query.nodes': { least: 'VIEWER', document: '{ nodes(ids: ["$id"]) { id } }' },
  'Query.conversations': { least: 'VIEWER', document: '{ conversations { nodes { id } } }' },
  'Query.conversation': { least: 'VIEWER', document: '{ conversation(id: "$id") { id } }' },
  'Query.inbox': { least: 'VIEWER', document: '{ inbox { open } }' },
  'Query.contact': { least: 'VIEWER', document: '{ contact(id: "con_0000000000000000") { id } }' },
  'Query.savedResponseCategories': { least: 'VIEWER', document: '{ savedResponseCategories { id } }' },
  'Query.savedResponses': { least: 'VIEWER', document: '{ savedResponses { nodes { id } } }' },
  'Query.replyPreview': {
    least: 'VIEWER',
    document: '{ replyPreview(conversationId: "$id", text: "{{agent.name}}") { text } }',
  },
  'Query.agents': { least: 'VIEWER', document: '{ agents { id } }' },
  'Query.agentInvitations': { least: 'ADMIN', document: '{ agentInvitations { id } }' },
  'Query.chatbotAutomation': { least: 'VIEWER', document: '{ chatbotAutomation { id } }' },
  'Query.chatbotAutomationVersions': { least: 'VIEWER', document: '{ chatbotAutomationVersions { version } }' },
  'Query.channels': { least: 'ADMIN', document: '{ channels { id } }' },
  'Mutation.openConversation': {
    least: 'AGENT',
    document: `mutation { openConversation${input('conversationId: "$id"')} }`,
  },
  'Mutation.sendMessage': {
    least: 'AGENT',
    document: `mutation { sendMessage${input('conversationId: "$id", channel: WEB_CHAT, text: "Hi", clientMessageId: "$uuid"')} }`,
  },
  'Mutation.retryMessage': { least: 'AGENT', document: `mutation { retryMessage${input('messageId: "msg_1"')} }` },
  'Mutation.completeConversation': {
    least: 'AGENT',
    document: `mutation { completeConversation${input('conversationId: "$id"')} }`,
  },
  'Mutation.reopenConversation': {
    least: 'AGENT',
    document: `mutation { reopenConversation${input('conversationId: "$id"')} }`,
  },
  'Mutation.markConversationUnread': {
    least: 'AGENT',
    document: `mutation { markConversationUnread${input('conversationId: "$id"')} }`,
  },
  'Mutation.assignConversation': {
    least: 'AGENT',
    document: `mutation { assignConversation${input('conversationId: "$id"')} }`,
  },
  'Mutation.setAgentActivity': {
    least: 'AGENT',
    document: 'mutation { setAgentActivity(input: { conversationId: "$id" }) }',
  },
  'Mutation.createSavedResponse': {
    least: 'AGENT',
    document: `mutation { createSavedResponse${input('title: "a", body: "b"')} }`,
  },
  'Mutation.updateSavedResponse': {
    least: 'AGENT',
    document: `mutation { updateSavedResponse${input('id: "a", expectedVersion: 1')} }`,
  },
  'Mutation.deleteSavedResponse': {
    least: 'AGENT',
    document: `mutation { deleteSavedResponse${input('id: "a", expectedVersion: 1')} }`,
  },
  'Mutation.createSavedResponseCategory': {
    least: 'ADMIN',
    document: `mutation { createSavedResponseCategory${input('name: "a"')} }`,
  },
  'Mutation.updateSavedResponseCategory': {
    least: 'ADMIN',
    document: `mutation { updateSavedResponseCategory${input('id: "a", expectedVersion: 1')} }`,
  },
  'Mutation.deleteSavedResponseCategory': {
    least: 'ADMIN',
    document: `mutation { deleteSavedResponseCategory${input('id: "a", expectedVersion: 1')} }`,
  },
  'Mutation.inviteAgent': { least: 'ADMIN', document: `mutation { inviteAgent${input('email: "a@b", role: ADMIN')} }` },
  'Mutation.revokeAgentInvitation': {
    least: 'ADMIN',
    document: `mutation { revokeAgentInvitation${input('id: "inv_1"')} }`,
  },
  'Mutation.updateAgent': { least: 'ADMIN', document: `mutation { updateAgent${input('id: "agt_1", role: ADMIN')} }` },
  'Mutation.updateProfile': { least: 'VIEWER', document: `mutation { updateProfile${input('displayName: ""')} }` },
  'Mutation.changePassword': {
    least: 'VIEWER',
    document: `mutation { changePassword${input('currentPassword: "a", newPassword: "b"')} }`,
  },
  'Mutation.registerOutbound': { least: 'ADMIN', document: `mutation { registerOutbound${input('mails: []')} }` },
  'Mutation.saveChatbotAutomation': {
    least: 'ADMIN',
    document: `mutation { saveChatbotAutomation${input('expectedVersion: 1, enabled: true, botName: "Bot", trigger: { kind: PAGE_OPENED }, steps: []')} }`,
  },
  'Mutation.restoreChatbotAutomation': {
    least: 'ADMIN',
    document: `mutation { restoreChatbotAutomation${input('version: 1, expectedVersion: 1')} }`,
  },
  'Subscription.inboxChanged': { least: 'VIEWER', document: 'subscription { inboxChanged { __typename } }' },
  'Subscription.conversationChanged': {
    least: 'VIEWER',
    document: 'subscription { conversationChanged(id: "$id") { __typename } }',
  },
};

const schema = buildSchema(readFileSync(join(findRepositoryRoot(), 'libs/contracts/graphql/schema.graphql'), 'utf8'));
const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
  Object.keys(type?.getFields() ?? {}).map((field) => `${String(type)}.${field}`),
);
const AGENTS: { name: 'vera' | 'amelie' | 'admin'; role: Least }[] = [
  { name: 'vera', role: 'VIEWER' },
  { name: 'amelie', role: 'AGENT' },
  { name: 'admin', role: 'ADMIN' },
];
const RANK: Least[] = ['VIEWER', 'AGENT', 'ADMIN'];

let stack: Stack;
let url: string;
let conversationId: string;
let visitorToken: string;
const clients = new Map<string, AgentClient>();

beforeAll(async () => {
  stack = await startStack();
  url = stack.gatewayUrls[0]!;
  for (const { name } of AGENTS) clients.set(name, await stack.signIn(name));
  const { widget, conversation } = await visitorWrites(stack, clients.get('vera')!, 'Hello');
  conversationId = conversation.id;
  visitorToken = widget.token ?? '';
  await widget.close();
}, 120_000);
afterAll(() => stack.stop());

const documentOf = (field: string) =>
  MATRIX[field]!.document.replaceAll('$id', conversationId).replaceAll('$uuid', randomUUID());

it('security row 11: every root field of the schema has an entry in the matrix, and no entry is left over', () => {
  expect(Object.keys(MATRIX).sort()).toEqual([...fields].sort());
});

describe.each(fields)('security row 11: %s', (field) => {
  const isSubscription = field.startsWith('Subscription.');

  it('is closed to anonymous callers and to visitors', async () => {
    const cookieName = clients.get('vera')!.cookie.split('=', 1)[0]!;
    const strangers: Record<string, string>[] = [
      {},
      { cookie: `${cookieName}=${visitorToken}` },
      { authorization: `Bearer ${visitorToken}` },
    ];
    for (const headers of strangers) {
      const answer = await post(`${url}/graphql`, JSON.stringify({ query: documentOf(field) }), {
        'content-type': 'application/json',
        ...headers,
      });
      expect(answer.status).toBe(401);
      expect(codesOf(answer)).toEqual(['UNAUTHENTICATED']);
      expect(answer.body.data).toBeUndefined();
    }
  });

  it.each(AGENTS)('is open to $role exactly when the role suffices', async ({ name, role }) => {
    const client = clients.get(name)!;
    const allowed = RANK.indexOf(role) >= RANK.indexOf(MATRIX[field]!.least);
    if (isSubscription) {
      const socket = await new RawSocket(url, { cookie: client.cookie, origin: client.origin }).acknowledged();
      socket.subscribe('1', documentOf(field));
      const first = await socket.frame((frame) => frame.id === '1');
      expect(first.type).toBe(allowed ? 'next' : 'error');
      return socket.close();
    }
    const answer = await graphql(url, client.cookie, documentOf(field));
    expect(codesOf(answer).includes('FORBIDDEN')).toBe(!allowed);
    expect(answer.body.errors?.some(({ extensions }) => extensions?.code === 'BAD_USER_INPUT') ?? false).toBe(false);
  });
});

it('behaviour: a viewer sees everything and changes nothing', async () => {
  const vera = clients.get('vera')!;
  const amelie = clients.get('amelie')!;
  await amelie.markUnread(conversationId);
  await amelie.reopen(conversationId);
  const before = (await vera.thread(conversationId)).conversation;
  for (const attempt of [vera.open(conversationId), vera.complete(conversationId), vera.reply(conversationId, 'Hi')])
    await expect(attempt).rejects.toThrow('FORBIDDEN');
  expect((await vera.thread(conversationId)).conversation).toEqual(before);
  expect(before).toMatchObject({ unread: true, status: 'OPEN' });
});
