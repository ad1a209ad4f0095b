import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, GraphQLEnumType } from 'graphql';
import { ActivityKind, DeliveryState, UserErrorCode } from '../src/index';

const schema = buildSchema(readFileSync(join(__dirname, '..', 'graphql', 'schema.graphql'), 'utf8'));

const valuesOf = (name: string) => {
  const type = schema.getType(name);
  if (!(type instanceof GraphQLEnumType)) throw new Error(`${name} is no enum of the SDL`);
  return type.getValues().map((value) => value.name);
};

test('the error codes are those of the SDL', () => {
  expect([...UserErrorCode.options].sort()).toEqual(valuesOf('UserErrorCode').sort());
});

test('the delivery states are those of the SDL', () => {
  expect([...DeliveryState.options].sort()).toEqual(valuesOf('DeliveryState').sort());
});

test('the kinds of activity are those of the SDL', () => {
  expect([...ActivityKind.options].sort()).toEqual(valuesOf('ConversationActivityKind').sort());
});
