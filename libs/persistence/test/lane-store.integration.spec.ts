import { LaneLost, type LanePosition } from '@conversations/messaging';
import { type PostgresServer, eventually } from '@conversations/testing';
import type { DataSource } from 'typeorm';
import { PostgresLaneStore } from '../src/index';
import {
  SCHEMA,
  asAdmin,
  changeThread,
  migrateSample,
  openSample,
  startSamplePostgres,
  threadId,
} from './sample-schema';

let postgres: PostgresServer;
let dataSource: DataSource;
let store: PostgresLaneStore;

beforeAll(async () => {
  postgres = await startSamplePostgres();
  await migrateSample(postgres);
  dataSource = await openSample(postgres);
  store = new PostgresLaneStore(dataSource, SCHEMA);
});
afterAll(async () => {
  await dataSource.destroy();
  await postgres.stop();
});

const none = { streamCreated: null, position: 0 };
const at = (position: number) => ({ streamCreated: '2026-11-22T10:00:00Z', position });
const move = (lane: number, expected: LanePosition, next: number) => [{ lane, expected, next: at(next) }];

test('a lane that never did anything stands at the beginning', async () => {
  expect(await store.load(0)).toEqual(none);
});

test('the work of a batch and the position of its lane are one transaction', async () => {
  await store.transact(move(1, none, 5), (tx) => changeThread(tx, 1));
  expect(await store.load(1)).toEqual(at(5));
  const failing = store.transact(move(1, at(5), 9), async (tx) => {
    await changeThread(tx, 1);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await store.load(1)).toEqual(at(5));
  expect(await asAdmin(postgres, 'SELECT version FROM sample.thread WHERE id = $1', [threadId(1)])).toEqual([
    { version: 1 },
  ]);
});

test('who expects another position or another stream loses the lane and changes nothing', async () => {
  await store.transact(move(2, none, 5), () => Promise.resolve());
  for (const expected of [none, at(4), { streamCreated: '2026-11-22T11:00:00Z', position: 5 }]) {
    const lost = store.transact(move(2, expected, 7), (tx) => changeThread(tx, 20));
    await expect(lost).rejects.toBeInstanceOf(LaneLost);
  }
  expect(await asAdmin(postgres, 'SELECT 1 AS one FROM sample.thread WHERE id = $1', [threadId(20)])).toEqual([]);
  expect(await store.load(2)).toEqual(at(5));
});

test('lanes that move together move all or none', async () => {
  await store.transact([...move(10, none, 5), ...move(11, none, 6)], (tx) => changeThread(tx, 10));
  expect(await store.load(11)).toEqual(at(6));
  const lost = store.transact([...move(10, at(5), 7), ...move(11, at(5), 7)], (tx) => changeThread(tx, 11));
  await expect(lost).rejects.toMatchObject({ name: 'LaneLost', lane: 11 });
  expect(await store.load(10)).toEqual(at(5));
  expect(await asAdmin(postgres, 'SELECT 1 AS one FROM sample.thread WHERE id = $1', [threadId(11)])).toEqual([]);
});

test('of two owners that move a lane at the same time one wins', async () => {
  const outcomes = await Promise.allSettled(
    [1, 2, 3].map((n) => store.transact(move(3, none, n), (tx) => changeThread(tx, 30 + n))),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(
    await asAdmin(postgres, `SELECT 1 AS one FROM sample.thread WHERE id IN ($1, $2, $3)`, [31, 32, 33].map(threadId)),
  ).toEqual([{ one: 1 }]);
});

test('a lane has one owner, and another takes it when it is released or its owner ends', async () => {
  const first = store.openHolder(() => undefined);
  const second = store.openHolder(() => undefined);
  expect(await first.tryAcquire(0)).toBe(true);
  expect(await first.tryAcquire(0)).toBe(true);
  expect(await second.tryAcquire(0)).toBe(false);
  expect(await second.tryAcquire(1)).toBe(true);
  await first.release(0);
  expect(await second.tryAcquire(0)).toBe(true);
  expect(await first.tryAcquire(1)).toBe(false);
  await second.close();
  await eventually(async () => expect(await first.tryAcquire(1)).toBe(true));
  await first.close();
});

test('a holder hears which lanes went with its connection, and can take them again', async () => {
  const lost: number[][] = [];
  const holder = store.openHolder((lanes) => lost.push(lanes));
  await holder.tryAcquire(4);
  await holder.tryAcquire(6);
  await asAdmin(
    postgres,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '%lanes'`,
  );
  await eventually(() => expect(lost).toEqual([[4, 6]]));
  await eventually(async () => expect(await holder.tryAcquire(4)).toBe(true));
  await holder.close();
  expect(lost).toHaveLength(1);
});

test('while Postgres is away asking for a lane fails, and works again when it is back', async () => {
  const lost: number[][] = [];
  const holder = store.openHolder((lanes) => lost.push(lanes));
  await holder.tryAcquire(5);
  await postgres.kill();
  await eventually(() => expect(lost).toEqual([[5]]));
  await expect(holder.tryAcquire(5)).rejects.toThrow();
  await postgres.restart();
  await eventually(async () => expect(await holder.tryAcquire(5)).toBe(true));
  await holder.close();
});
