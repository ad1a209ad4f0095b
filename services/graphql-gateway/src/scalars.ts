import { GraphQLScalarType, type GraphQLScalarTypeConfig, Kind } from 'graphql';
import { refusal } from './errors';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const MAX_CURSOR = 200;

function text(name: string, check: (value: string) => boolean): GraphQLScalarType<string, string> {
  const parse = (value: unknown): string => {
    if (typeof value === 'string' && check(value)) return value;
    throw refusal('BAD_USER_INPUT', `Not a valid ${name}`);
  };
  const config: GraphQLScalarTypeConfig<string, string> = {
    name,
    // What services send was checked when it was stored.
    serialize: (value) => value as string,
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  };
  return new GraphQLScalarType(config);
}

export const scalars = {
  DateTime: text('DateTime', (value) => !Number.isNaN(Date.parse(value))),
  SafeHTML: text('SafeHTML', () => false),
  EmailAddress: text('EmailAddress', (value) => value.includes('@') && value.length <= 320),
  URL: text('URL', (value) => URL.canParse(value)),
  EventCursor: text('EventCursor', (value) => value.length <= MAX_CURSOR),
  UUID: text('UUID', (value) => UUID.test(value)),
};
