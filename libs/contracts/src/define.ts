import { z } from 'zod';
import { partitionOf, partitionToken } from './subject';

/** `in` comes from a channel, `out` goes to one, `evt` is public, `live` is never stored. */
export type MessageKind = 'in' | 'out' | 'evt' | 'live';

interface Documented<S extends z.ZodType> {
  /** One sentence for people who build on the event; goes into asyncapi.json. */
  summary: string;
  /** A complete, valid payload; goes into asyncapi.json. */
  example: z.input<S>;
}

/** A message that goes one way. The value is the contract: type, subject, check and documentation. */
export interface MessageContract<S extends z.ZodType = z.ZodType> extends Documented<S> {
  kind: MessageKind;
  /** CloudEvents `type`: `conversations.<context>.<what>.v<major>`. */
  type: string;
  /** Subject without its partition: `<kind>.<context>.<what>.v<major>`. */
  subjectRoot: string;
  schema: S;
  /** The subject of a message whose unit of order is `key`: thread key for `in`, conversation id elsewhere. */
  subject(key: string): string;
  /** Matches every partition. */
  filter: string;
}

/** A question with one answer, over core NATS and a queue group. */
export interface RequestContract<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  subject: string;
  /** Service that answers. */
  service: string;
  summary: string;
  input: I;
  output: O;
}

export type DataOf<C extends MessageContract> = z.output<C['schema']>;
export type InputOf<C extends RequestContract> = z.input<C['input']>;
export type OutputOf<C extends RequestContract> = z.output<C['output']>;

const registry: { messages: MessageContract[]; requests: RequestContract[] } = { messages: [], requests: [] };

/** Every contract defined so far; the generator of asyncapi.json reads it. */
export function definedContracts(): { messages: readonly MessageContract[]; requests: readonly RequestContract[] } {
  return registry;
}

/** The contract of a CloudEvents `type`, if this release knows it. */
export function contractOfType(type: string): MessageContract | undefined {
  return registry.messages.find((contract) => contract.type === type);
}

const VERB = /^[a-z][a-z-]*\.v[1-9]\d*$/;
const NAME = /^[a-z][a-z-]*\.[a-z][a-z-]*\.v[1-9]\d*$/;

function define<S extends z.ZodType>(
  kind: MessageKind,
  name: string,
  schema: S,
  documented: Documented<S>,
): MessageContract<S> {
  if (!NAME.test(name)) throw new Error(`"${name}" is not <context>.<what>.v<major>`);
  const subjectRoot = `${kind}.${name}`;
  const contract: MessageContract<S> = {
    kind,
    type: `conversations.${name}`,
    subjectRoot,
    schema,
    subject: (key) => `${subjectRoot}.${partitionToken(partitionOf(key))}`,
    filter: `${subjectRoot}.*`,
    ...documented,
  };
  registry.messages.push(contract);
  return contract;
}

/** A public fact, in the past tense: integrators rely on it. */
export const defineEvent = <S extends z.ZodType>(name: string, schema: S, documented: Documented<S>) =>
  define('evt', name, schema, documented);

/** A fact that a channel adapter brings from outside. */
export const defineInbound = <S extends z.ZodType>(name: string, schema: S, documented: Documented<S>) =>
  define('in', name, schema, documented);

/** An order to a channel adapter, imperative. */
export const defineCommand = <S extends z.ZodType>(name: string, schema: S, documented: Documented<S>) =>
  define('out', name, schema, documented);

/** A passing state of now: presence, typing, wake-ups. Lost when nobody listens. */
export const defineLive = <S extends z.ZodType>(name: string, schema: S, documented: Documented<S>) =>
  define('live', name, schema, documented);

/** `defineRequest('conversation', 'list-conversations.v1', …)` is answered on `rpc.conversation.list-conversations.v1`. */
export function defineRequest<I extends z.ZodType, O extends z.ZodType>(
  service: string,
  verb: string,
  shape: { summary: string; input: I; output: O },
): RequestContract<I, O> {
  if (!VERB.test(verb)) throw new Error(`"${verb}" is not <verb-noun>.v<major>`);
  const contract = { subject: `rpc.${service}.${verb}`, service, ...shape };
  registry.requests.push(contract);
  return contract;
}
