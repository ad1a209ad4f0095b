import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MessengerMessageReceived } from '@conversations/contracts';
import { findRepositoryRoot } from '@conversations/runtime';
import { eventually } from '@conversations/testing';
import { APP, type ConnectorStack, deliver, startConnector } from './connector-stack';

/** Webhook bodies as Meta sends them, published by others; they are not part of this repository. */
const folder = join(resolve(findRepositoryRoot(), process.env['CORPORA_DIR'] ?? '../shared/corpora'), 'messenger');
const files = globSync('*/*.json', { cwd: folder }).sort();

interface Entry {
  id: string;
  messaging?: unknown[];
  standby?: unknown[];
}
const bodyOf = (file: string) => readFileSync(join(folder, file));
const parse = (file: string) =>
  JSON.parse(
    bodyOf(file)
      .toString()
      .replace(/^\ufeff/, ''),
  ) as { object: string; entry: Entry[] };
const itemsOf = ({ entry, object }: { object: string; entry: Entry[] }) =>
  object === 'page' ? entry.flatMap(({ messaging = [], standby = [] }) => [...messaging, ...standby]).length : 0;

let stack: ConnectorStack;

beforeAll(async () => {
  if (!existsSync(folder)) return;
  const ids = [...new Set(files.flatMap((file) => parse(file).entry.map(({ id }) => id)))];
  stack = await startConnector({
    config: { pages: ids.map((id) => ({ id, name: `Page ${id}`, token: `token of ${id}` })) },
  });
}, 60_000);
afterAll(() => stack?.stop(), 60_000);

it('every published payload is answered with 200 and each of its items is stored, whatever its neighbours are', async () => {
  if (!existsSync(folder)) {
    console.log('skipped: no corpora');
    return;
  }
  const table: { file: string; status: number; items: number; became: string }[] = [];
  for (const file of files) {
    // Several payloads carry the same mid for different messages: each stands alone.
    await stack.rows('DELETE FROM event');
    const before = (await stack.rows('SELECT 1 FROM outbox')).length;
    const status = await deliver(stack.webhookUrl, bodyOf(file), APP.secret);
    const events = await stack.rows<{ kind: string }>('SELECT kind FROM event ORDER BY key');
    const outbox = await stack.rows<{ body: string; subject: string }>(
      'SELECT body, subject FROM outbox ORDER BY seq OFFSET $1',
      [before],
    );
    const told = outbox
      .filter(({ subject }) => subject.startsWith(MessengerMessageReceived.subjectRoot))
      .map(({ body }) => MessengerMessageReceived.schema.parse((JSON.parse(body) as { data: unknown }).data))
      .map(
        ({ direction, text, unsupported, media }) =>
          `${direction} "${unsupported ? '(unsupported)' : text.replaceAll('\n', ' ⏎ ')}"${media === 'PENDING' ? ' + file' : ''}`,
      );
    table.push({
      file,
      status,
      items: itemsOf(parse(file)),
      became: [events.map(({ kind }) => kind).join(', '), ...told].join(' → '),
    });
    expect([file, status, events.length]).toEqual([file, 200, itemsOf(parse(file))]);
  }
  console.log(
    table
      .map(
        ({ file, status, items, became }) =>
          `${file.padEnd(82)} ${status} ${items}  ${became || '(counted: not a page)'}`,
      )
      .join('\n'),
  );
  await eventually(async () => expect(await stack.rows('SELECT 1 FROM outbox WHERE stream_seq IS NULL')).toEqual([]));
  expect(table).toHaveLength(files.length);
}, 120_000);
