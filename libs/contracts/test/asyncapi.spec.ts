import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Parser } from '@asyncapi/parser';
import { definedContracts } from '../src/index';

const text = readFileSync(join(__dirname, '..', 'asyncapi.json'), 'utf8');
const { messages, requests } = definedContracts();

let document: Awaited<ReturnType<Parser['parse']>>['document'];
let complaints: string[];

beforeAll(async () => {
  const result = await new Parser().parse(text);
  document = result.document;
  complaints = result.diagnostics.map(({ code, message, path }) => `${code} ${path.join('/')}: ${message}`);
});

test('the official parser accepts asyncapi.json without a complaint', () => {
  expect(complaints).toEqual([]);
  expect(document?.version()).toBe('3.1.0');
});

test('every message has an operation, its subject, and an example in a whole envelope', () => {
  for (const contract of messages) {
    const operation = document?.operations().get(contract.subjectRoot);
    const [channel] = operation?.channels().all() ?? [];
    const [message] = operation?.messages().all() ?? [];
    expect(channel?.address()).toBe(`${contract.subjectRoot}.{partition}`);
    expect(message?.name()).toBe(contract.type);
    expect(message?.examples().all()[0]?.payload()).toMatchObject({ type: contract.type, data: contract.example });
  }
});

test('every request has an operation with its answer', () => {
  for (const request of requests) {
    const operation = document?.operations().get(request.subject);
    expect(operation?.action()).toBe('receive');
    expect(operation?.reply()?.messages().all()).toHaveLength(1);
  }
});

test('integrators are told of public events only as things that are sent', () => {
  const sent =
    document
      ?.operations()
      .filterBySend()
      .map((operation) => operation.id() ?? '') ?? [];
  const events = messages.filter(({ kind }) => kind === 'evt').map(({ subjectRoot }) => subjectRoot);
  expect(sent).toEqual(expect.arrayContaining(events));
  expect(sent.filter((id) => id.startsWith('in.') || id.startsWith('rpc.'))).toEqual([]);
});
