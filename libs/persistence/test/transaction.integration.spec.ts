import { type PostgresServer, eventually } from '@conversations/testing';
import type { DataSource } from 'typeorm';
import { Database, emit, isUniqueViolation, openDataSource, type Tx, unawaited } from '../src/index';
import {
  asAdmin,
  changeThread,
  createSample,
  log,
  migrateSample,
  openSample,
  startSamplePostgres,
  threadId,
} from './sample-schema';
import { ConversationRead } from '@conversations/contracts';

let postgres: PostgresServer;
let dataSource: DataSource;
let database: Database;

beforeAll(async () => {
  postgres = await startSamplePostgres();
  await migrateSample(postgres);
  dataSource = await openSample(postgres);
  database = new Database(dataSource);
});
afterAll(async () => {
  await dataSource.destroy();
  await postgres.stop();
});

const outboxOf = (thread: number) =>
  asAdmin<{ subject: string; stream: string; body: string; headers: Record<string, string> }>(
    postgres,
    `SELECT subject, stream, body, headers FROM sample.outbox WHERE headers->>'Conversation-Id' = $1 ORDER BY seq`,
    [threadId(thread)],
  );

test('a committed change has its event in the outbox, as the whole document that goes to the stream', async () => {
  await database.transaction((tx) => changeThread(tx, 1));
  const [row, ...more] = await outboxOf(1);
  expect(more).toEqual([]);
  expect(row).toMatchObject({ subject: ConversationRead.subject(threadId(1)), stream: 'EVENTS' });
  expect(JSON.parse(row?.body ?? '')).toMatchObject({
    specversion: '1.0',
    id: row?.headers['Nats-Msg-Id'],
    type: 'conversations.conversation.read.v1',
    subject: threadId(1),
    sequence: 1,
  });
});

test('a change that is rolled back leaves neither row nor event', async () => {
  const work = database.transaction(async (tx) => {
    await changeThread(tx, 2);
    throw new Error('changed my mind');
  });
  await expect(work).rejects.toThrow('changed my mind');
  expect(await outboxOf(2)).toEqual([]);
  expect(await asAdmin(postgres, 'SELECT 1 FROM sample.thread WHERE id = $1', [threadId(2)])).toEqual([]);
});

test('an event that does not fit its contract fails the whole change', async () => {
  const work = database.transaction(async (tx) => {
    await changeThread(tx, 3);
    await emit(tx, ConversationRead, threadId(3), { conversation: {} as never });
  });
  await expect(work).rejects.toMatchObject({ name: 'ZodError' });
  expect(await outboxOf(3)).toEqual([]);
});

test('a transaction whose failed statement was swallowed does not pass for committed', async () => {
  const work = database.transaction(async (tx) => {
    await changeThread(tx, 5);
    await tx.query('SELECT 1 / 0').catch(() => undefined);
  });
  await expect(work).rejects.toThrow('rolled back');
  expect(await outboxOf(5)).toEqual([]);
});

describe('a statement that nobody waited for', () => {
  const insert = (tx: Tx, id: string) => tx.query('INSERT INTO thread (id, version) VALUES ($1, 1)', [id]);

  test('is committed with the rest', async () => {
    await database.transaction(async (tx) => {
      unawaited(tx, insert(tx, threadId(71)));
    });
    expect(await asAdmin(postgres, 'SELECT version FROM sample.thread WHERE id = $1', [threadId(71)])).toEqual([
      { version: 1 },
    ]);
  });

  test('fails the transaction when it fails, with its own error', async () => {
    const failing = database.transaction(async (tx) => {
      unawaited(tx, insert(tx, threadId(71)));
      unawaited(tx, insert(tx, threadId(72)));
    });
    await expect(failing).rejects.toMatchObject({ driverError: { code: '23505' } });
    expect(await asAdmin(postgres, 'SELECT 1 AS one FROM sample.thread WHERE id = $1', [threadId(72)])).toEqual([]);
  });

  test('is named as the cause when a later one that was waited for fails with it', async () => {
    const failing = database.transaction(async (tx) => {
      unawaited(tx, insert(tx, threadId(71)));
      await insert(tx, threadId(73));
    });
    await expect(failing).rejects.toMatchObject({ driverError: { code: '23505' } });
  });
});

test('an event outside of a transaction is refused', async () => {
  const event = ConversationRead.schema.parse(ConversationRead.example);
  await expect(emit(dataSource.manager, ConversationRead, threadId(4), event)).rejects.toThrow('inside a transaction');
});

test('two transactions that deadlock both succeed, because the victim runs again', async () => {
  await database.transaction(async (tx) => {
    await changeThread(tx, 10);
    await changeThread(tx, 11);
  });
  let runs = 0;
  let holding = 0;
  let bothHold = () => undefined as void;
  const meeting = new Promise<void>((resolve) => (bothHold = resolve));
  const crossing = (first: number, second: number) =>
    database.transaction(async (tx) => {
      runs += 1;
      await changeThread(tx, first);
      holding += 1;
      if (holding >= 2) bothHold();
      await meeting;
      await changeThread(tx, second);
    });
  await Promise.all([crossing(10, 11), crossing(11, 10)]);
  // The victim may meet the other once more when it is back too soon.
  expect(runs).toBeGreaterThanOrEqual(3);
  expect(
    await asAdmin(postgres, 'SELECT version FROM sample.thread WHERE id IN ($1, $2)', [threadId(10), threadId(11)]),
  ).toEqual([{ version: 3 }, { version: 3 }]);
});

test('a UNIQUE constraint that refused a row is told by its name', async () => {
  await database.transaction((tx) => tx.query(`INSERT INTO visit VALUES ('one')`));
  const error: unknown = await database
    .transaction((tx) => tx.query(`INSERT INTO visit VALUES ('one')`))
    .catch((thrown: unknown) => thrown);
  expect(isUniqueViolation(error)).toBe(true);
  expect(isUniqueViolation(error, 'visit_pkey')).toBe(true);
  expect(isUniqueViolation(error, 'thread_pkey')).toBe(false);
  expect(isUniqueViolation(new Error('else'))).toBe(false);
});

test('connections that Postgres ends fail the work in them and nothing else', async () => {
  const end = () =>
    asAdmin(postgres, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sample'`);
  const cut = database.transaction(async (tx) => {
    await changeThread(tx, 20);
    await end();
    await changeThread(tx, 20);
  });
  await expect(cut).rejects.toThrow();
  await eventually(() => database.ping());
  expect(await asAdmin(postgres, 'SELECT 1 FROM sample.thread WHERE id = $1', [threadId(20)])).toEqual([]);

  // Idle ones are replaced without anybody noticing.
  await end();
  await eventually(() => database.transaction((tx) => changeThread(tx, 20)));
});

test('while Postgres is away work fails, and goes on when it is back', async () => {
  const inTransaction = database.transaction(async (tx) => {
    await changeThread(tx, 21);
    await postgres.kill();
    // Its backends notice a moment later.
    for (;;) await changeThread(tx, 21);
  });
  await expect(inTransaction).rejects.toThrow();
  await eventually(() => expect(database.ping()).rejects.toThrow());
  await postgres.restart();
  await eventually(() => database.transaction((tx) => changeThread(tx, 21)));
});

test('a service that starts while Postgres is away waits for it', async () => {
  const away = createSample(postgres);
  await postgres.kill();
  const opening = openDataSource(away, log);
  await eventually(() => expect(postgres.isAlive).toBe(false));
  await postgres.restart();
  await opening;
  await new Database(away).ping();
  await away.destroy();
});
