import { z } from 'zod';
import {
  ChatMessageReceived,
  ConversationSnapshot,
  Envelope,
  MessageAdded,
  contractOfType,
  defineEvent,
  defineRequest,
  definedContracts,
} from './index';

const { messages, requests } = definedContracts();
const named = messages.map((contract) => ({ name: contract.subjectRoot, contract }));
const documentation = { summary: 'Something happened.', example: {} };

test.each(named)('the documented example of $name fits its schema', ({ contract }) => {
  expect(contract.schema.safeParse(contract.example).error).toBeUndefined();
});

test.each(named)('the example of $name holds nothing that its schema does not know', ({ contract }) => {
  expect(contract.schema.parse(contract.example)).toEqual(contract.example);
});

test.each(named)('$name follows the grammar of subjects', ({ contract }) => {
  expect(contract.subjectRoot).toMatch(/^(in|out|evt|live)\.[a-z][a-z-]*\.[a-z][a-z-]*\.v[1-9]\d*$/);
  expect(contract.type).toBe(contract.subjectRoot.replace(/^[a-z]+/, 'conversations'));
  expect(contract.subject('cnv_019329a0c4b17cc0a1b2c3d4e5f60718')).toMatch(/^[a-z0-9.-]+\.([0-5]\d|6[0-3])$/);
  expect(contract.filter).toBe(`${contract.subjectRoot}.*`);
});

test.each(requests.map((request) => ({ request, subject: request.subject })))(
  '$subject names the service that answers and what it is asked',
  ({ request, subject }) => {
    expect(subject).toMatch(/^rpc\.[a-z][a-z-]*\.[a-z][a-z-]*\.v[1-9]\d*$/);
    expect(subject.split('.')[1]).toBe(request.service);
  },
);

test('no two contracts share a type or a subject', () => {
  const types = messages.map(({ type }) => type);
  const subjects = [...messages.map(({ subjectRoot }) => subjectRoot), ...requests.map(({ subject }) => subject)];
  expect(new Set(types).size).toBe(types.length);
  expect(new Set(subjects).size).toBe(subjects.length);
});

test('a contract is found by the type that its envelope carries', () => {
  expect(contractOfType('conversations.conversation.message-added.v1')).toBe(MessageAdded);
  expect(contractOfType('conversations.conversation.message-added.v9')).toBeUndefined();
});

test('messages of one key share a subject', () => {
  const key = 'visitor:vis_019329a0c4b07cc0a1b2c3d4e5f60718';
  expect(ChatMessageReceived.subject(key)).toBe(ChatMessageReceived.subject(key));
});

test.each(['MessageAdded.v1', 'conversation.message_added.v1', 'conversation.added', 'conversation.added.v0'])(
  '"%s" is refused as a name',
  (name) => {
    expect(() => defineEvent(name, z.object({}), documentation)).toThrow('<context>.<what>.v<major>');
  },
);

test.each(['Reply.v1', 'reply', 'reply.v0', 'two.words.v1'])('"%s" is refused as a request', (verb) => {
  const shape = { summary: 'Asks.', input: z.object({}), output: z.object({}) };
  expect(() => defineRequest('conversation', verb, shape)).toThrow('<verb-noun>.v<major>');
});

test('an envelope needs what CloudEvents asks for, and keeps the extensions', () => {
  const envelope = {
    specversion: '1.0',
    id: '019329a0-c4b9-7cc0-a1b2-c3d4e5f60718',
    source: '/conversations/conversation',
    type: MessageAdded.type,
    subject: 'cnv_019329a0c4b17cc0a1b2c3d4e5f60718',
    time: '2026-11-22T13:35:40.000Z',
    datacontenttype: 'application/json',
    dataschema: `urn:conversations:schema:${MessageAdded.type}`,
    sequence: 2,
    actor: 'agt_019329a0c4af7cc0a1b2c3d4e5f60718',
    data: MessageAdded.example,
  };
  expect(Envelope.parse(envelope)).toEqual(envelope);
  for (const required of ['specversion', 'id', 'source', 'type', 'subject', 'time']) {
    const { error } = Envelope.safeParse({ ...envelope, [required]: undefined });
    expect(error?.issues.map(({ path }) => path)).toEqual([[required]]);
  }
});

test('a conversation without a message cannot be told', () => {
  const { conversation } = MessageAdded.example;
  const { error } = ConversationSnapshot.safeParse({ ...conversation, lastPosition: 0 });
  expect(error?.issues.map(({ path }) => path)).toEqual([['lastPosition']]);
});
