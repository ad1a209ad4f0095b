import { z } from 'zod';
import * as contracts from './src/index';
import { CLOUDEVENTS_CONTENT_TYPE, Envelope, PARTITIONS, definedContracts } from './src/index';
import type { MessageContract, RequestContract } from './src/index';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const COMPONENT = '#/components/schemas/';
const ref = (to: string): JsonObject => ({ $ref: to });

const KIND = {
  evt: { action: 'send', stream: 'EVENTS', about: 'A public fact; kept for 7 days.' },
  in: { action: 'receive', stream: 'INBOUND', about: 'A fact that a channel adapter brings; kept for 7 days.' },
  out: { action: 'send', stream: 'OUTBOUND', about: 'A command to a channel adapter; kept until it is done.' },
  live: { action: 'send', stream: null, about: 'A passing state; never stored, lost when nobody listens.' },
} as const;

/** `evt.conversation.message-added.v1` for a message, `conversation.reply.v1` for a request. */
const requestName = (request: RequestContract) => request.subject.replace(/^rpc\./, '');

/** Names every schema once: exported ones by their export, payloads by their contract. */
function nameSchemas() {
  const names = z.registry<{ id: string }>();
  const add = (schema: z.ZodType, id: string) => {
    if (!names.has(schema)) names.add(schema, { id });
  };
  for (const [name, value] of Object.entries(contracts)) {
    if (value instanceof z.ZodType) add(value, name);
  }
  for (const message of definedContracts().messages) add(message.schema, `${message.subjectRoot}.data`);
  for (const request of definedContracts().requests) {
    add(request.input, `${requestName(request)}.input`);
    add(request.output, `${requestName(request)}.output`);
  }
  return names;
}

const names = nameSchemas();

function schemaRef(schema: z.ZodType): JsonObject {
  const id = names.get(schema)?.id;
  if (id === undefined) throw new Error('a contract was defined after its schemas were named');
  return ref(`${COMPONENT}${id}`);
}

/**
 * The JSON Schemas, referring to one another.
 * Written for readers, so unknown properties stay allowed: an additive change keeps the version.
 */
function schemas(): JsonObject {
  const made = z.toJSONSchema(names, { target: 'draft-7', io: 'input', uri: (id) => `${COMPONENT}${id}` }).schemas;
  return Object.fromEntries(Object.entries(made).map(([id, schema]) => [id, withoutHeader(schema)]));
}

function withoutHeader(schema: object): JsonObject {
  const { $schema: _dialect, $id: _id, id: _name, ...rest } = JSON.parse(JSON.stringify(schema)) as JsonObject;
  return rest;
}

/** Things that have an order of their own, by the name that events give them. */
const SUBJECTS = ['conversation', 'savedResponse', 'category', 'contact', 'channel', 'automation'];

function exampleSubject(message: MessageContract): { key: string; sequence?: number } {
  const data = message.example as Record<string, { id: string; version?: number } | undefined>;
  const subject = SUBJECTS.map((name) => data[name]).find((found) => found !== undefined);
  if (subject === undefined) return { key: 'visitor:vis_019329a0c4b07cc0a1b2c3d4e5f60718' };
  return { key: subject.id, ...(subject.version !== undefined && { sequence: subject.version }) };
}

/** The event as a subscriber receives it: the documented example in its envelope. */
export function exampleEnvelope(message: MessageContract): JsonObject {
  const data = message.example as JsonObject;
  const { key, sequence } = exampleSubject(message);
  return {
    specversion: '1.0',
    id: '019329a0-c4b9-7cc0-a1b2-c3d4e5f60718',
    source: `/conversations/${message.type.split('.')[1] ?? ''}`,
    type: message.type,
    subject: key,
    time: '2026-11-22T13:35:40.000Z',
    datacontenttype: 'application/json',
    dataschema: `urn:conversations:schema:${message.type}`,
    ...(sequence !== undefined && { sequence }),
    data,
  };
}

function messageComponent(message: MessageContract): JsonObject {
  const data = schemaRef(message.schema);
  return {
    name: message.type,
    title: message.type,
    summary: message.summary,
    contentType: CLOUDEVENTS_CONTENT_TYPE,
    headers: ref(`${COMPONENT}Headers`),
    payload: { allOf: [schemaRef(Envelope), { type: 'object', properties: { type: { const: message.type }, data } }] },
    examples: [{ name: 'example', payload: exampleEnvelope(message) }],
  };
}

function messageParts(message: MessageContract) {
  const kind = KIND[message.kind];
  const channel: JsonObject = {
    address: `${message.subjectRoot}.{partition}`,
    summary: message.summary,
    description: kind.stream === null ? kind.about : `${kind.about} Stream ${kind.stream}.`,
    parameters: { partition: ref('#/components/parameters/partition') },
    messages: { [message.subjectRoot]: ref(`#/components/messages/${message.subjectRoot}`) },
  };
  const operation: JsonObject = {
    action: kind.action,
    channel: ref(`#/channels/${message.subjectRoot}`),
    summary: message.summary,
    messages: [ref(`#/channels/${message.subjectRoot}/messages/${message.subjectRoot}`)],
  };
  return { channel, operation };
}

function requestParts(request: RequestContract) {
  const name = requestName(request);
  const side = (part: 'input' | 'output'): JsonObject => ({
    name: `${name}.${part}`,
    title: part === 'input' ? `Request ${name}` : `Answer to ${name}`,
    contentType: 'application/json',
    payload: schemaRef(request[part]),
  });
  const answered = `${request.subject}.answer`;
  return {
    messages: { [`${name}.input`]: side('input'), [`${name}.output`]: side('output') },
    channels: {
      [request.subject]: {
        address: request.subject,
        summary: request.summary,
        description: `Request over core NATS, answered by the queue group of the service ${request.service}.`,
        messages: { input: ref(`#/components/messages/${name}.input`) },
      },
      [answered]: {
        address: null,
        description: 'The inbox that the request names. An error comes as `WireError` with the header `Error`.',
        messages: { output: ref(`#/components/messages/${name}.output`) },
      },
    } satisfies JsonObject,
    operation: {
      action: 'receive',
      channel: ref(`#/channels/${request.subject}`),
      summary: request.summary,
      messages: [ref(`#/channels/${request.subject}/messages/input`)],
      reply: { channel: ref(`#/channels/${answered}`), messages: [ref(`#/channels/${answered}/messages/output`)] },
    } satisfies JsonObject,
  };
}

const headers: JsonObject = {
  type: 'object',
  properties: {
    'Content-Type': { const: CLOUDEVENTS_CONTENT_TYPE },
    'Nats-Msg-Id': { type: 'string', description: "The event's id." },
    'Conversation-Id': { type: 'string', description: 'Set on what belongs to a conversation.' },
  },
};

/** The AsyncAPI 3.1 document of every contract, from the zod values themselves. */
export function asyncapiDocument(): JsonObject {
  const messages = [...definedContracts().messages].sort((a, b) => (a.subjectRoot < b.subjectRoot ? -1 : 1));
  const requests = [...definedContracts().requests].sort((a, b) => (a.subject < b.subject ? -1 : 1));
  const asked = requests.map((request) => ({ request, ...requestParts(request) }));
  return {
    asyncapi: '3.1.0',
    id: 'urn:conversations',
    info: {
      title: 'Conversations',
      version: '1.0.0',
      description:
        'What the services say to one another and to integrators over NATS. Subjects are `<kind>.<context>.<what>.v<major>.<partition>`; ' +
        'integrators may rely on `evt.>`. Events are announced at least once, in order within a conversation (`sequence`), with a stable `id`.',
      license: { name: 'AGPL-3.0-only' },
    },
    defaultContentType: CLOUDEVENTS_CONTENT_TYPE,
    channels: Object.assign(
      Object.fromEntries(messages.map((message) => [message.subjectRoot, messageParts(message).channel])),
      ...asked.map(({ channels }) => channels),
    ) as JsonObject,
    operations: Object.fromEntries([
      ...messages.map((message) => [message.subjectRoot, messageParts(message).operation] as const),
      ...asked.map(({ request, operation }) => [request.subject, operation] as const),
    ]),
    components: {
      parameters: {
        partition: {
          description: `Two digits, 00 to ${String(PARTITIONS - 1)}: FNV-1a (32 bit) of the envelope's \`subject\` modulo ${String(PARTITIONS)}.`,
          examples: ['00', String(PARTITIONS - 1)],
        },
      },
      messages: Object.assign(
        Object.fromEntries(messages.map((message) => [message.subjectRoot, messageComponent(message)])),
        ...asked.map(({ messages: both }) => both),
      ) as JsonObject,
      schemas: { Headers: headers, ...schemas() },
    },
  };
}
