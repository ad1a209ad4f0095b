import { type PostgresServer } from '@conversations/testing';
import type { DataSource } from 'typeorm';
import { asAdmin, migrateSample, openSample, startSamplePostgres } from './sample-schema';

let postgres: PostgresServer;
let dataSource: DataSource;

beforeAll(async () => {
  postgres = await startSamplePostgres();
  await Promise.all([migrateSample(postgres), migrateSample(postgres), migrateSample(postgres)]);
  dataSource = await openSample(postgres);
});
afterAll(async () => {
  await dataSource.destroy();
  await postgres.stop();
});

test('migrations that several processes run at once run once', async () => {
  expect(await asAdmin(postgres, 'SELECT name FROM sample.migrations ORDER BY id')).toEqual([
    { name: 'Outbox1700000000001' },
    { name: 'InboundPosition1700000000002' },
    { name: 'Thread1700000000003' },
  ]);
});

test("the service's role reads and writes its own tables without naming the schema", async () => {
  await dataSource.query(`INSERT INTO visit VALUES ('mine')`);
  expect(await dataSource.query('SELECT id FROM visit')).toEqual([{ id: 'mine' }]);
});

test.each([
  ['delete rows', 'DELETE FROM thread'],
  ['truncate a table', 'TRUNCATE thread'],
  ['drop a table', 'DROP TABLE thread'],
  ['make a table', 'CREATE TABLE mine (id text)'],
  ['switch triggers off', 'ALTER TABLE thread DISABLE TRIGGER ALL'],
  ['forge the list of migrations', `INSERT INTO migrations (timestamp, name) VALUES (1, 'x')`],
  ['forget where a lane stands', 'DELETE FROM inbound_position'],
])('the role may not %s', async (_what, sql) => {
  await expect(dataSource.query(sql)).rejects.toMatchObject({ driverError: { code: '42501' } });
});

test('the role may delete from the outbox, which is pruned', async () => {
  await expect(dataSource.query('DELETE FROM outbox')).resolves.toEqual([[], 0]);
});

test('a table is opened to deletion only as long as the service asks for it', async () => {
  await migrateSample(postgres, [{ table: 'visit', privileges: ['DELETE'] }]);
  await expect(dataSource.query(`DELETE FROM visit WHERE id = 'none'`)).resolves.toEqual([[], 0]);
  await migrateSample(postgres);
  await expect(dataSource.query('DELETE FROM visit')).rejects.toMatchObject({ driverError: { code: '42501' } });
});
