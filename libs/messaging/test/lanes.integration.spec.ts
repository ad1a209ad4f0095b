import type { Envelope } from '@conversations/contracts';
import { PostgresLaneStore, type Tx } from '@conversations/persistence';
import { eventually, type PostgresServer, startPostgres } from '@conversations/testing';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { composeMessage, ensureStreams, type LaneStore, type Messaging, streamFacts } from '../src/index';
import { Broker, StepReceived, Told } from './broker';
import { deadLetters } from './dead-letters';
import { LaneDatabase, type Received, received, type Replica, startReplica } from './lane-replica';

const upTo = (n: number) => Array.from({ length: n }, (_, index) => index);

/** What each key got, in the order it was committed. */
function byKey(rows: Received[]): Record<string, number[]> {
  const keys: Record<string, number[]> = {};
  for (const { key, n } of rows) (keys[key] ??= []).push(n);
  return keys;
}

describe('lanes', () => {
  let broker: Broker;
  let postgres: PostgresServer;
  let database: LaneDatabase;
  let publisher: Messaging;
  let reader: DataSource;
  const running: Replica[] = [];
  const told = new Told();

  const replica = async (name: string, options: Partial<Parameters<typeof startReplica>[0]> = {}) => {
    const messaging = options.messaging ?? (await broker.connect(name, told));
    const dataSource = options.dataSource ?? (await database.open(name));
    const started = startReplica({ name, ...options, messaging, dataSource });
    running.push(started);
    return { ...started, messaging };
  };
  /** `count` messages for each of `keys` keys, each key's in its order. */
  const publish = async (keys: number, count: number, first = 0) => {
    await Promise.all(
      upTo(keys).map(async (key) => {
        for (const n of upTo(count))
          await publisher.publish(
            StepReceived,
            `visitor:${key}`,
            { key: `k${key}`, n: first + n },
            { deadlineMs: 20_000 },
          );
      }),
    );
  };
  /** Once so many lanes read, and the broker has handed out what it holds. */
  const handedOut = (lanes: number) =>
    eventually(async () => {
      const consumers = await publisher.connection.jetStream.consumers.list('INBOUND').next();
      expect(consumers.map(({ num_pending }) => num_pending)).toEqual(upTo(lanes).map(() => 0));
    });
  const expectEach = (keys: number, count: number) =>
    eventually(
      async () =>
        expect(byKey(await received(reader))).toEqual(
          Object.fromEntries(upTo(keys).map((key) => [`k${key}`, upTo(count)])),
        ),
      { timeoutMs: 20_000, everyMs: 100 },
    );

  beforeAll(async () => {
    [broker, postgres] = await Promise.all([Broker.start(), startPostgres()]);
    database = new LaneDatabase(postgres);
    await database.prepare();
    reader = await database.open();
    publisher = await broker.connect('publisher');
  });
  beforeEach(async () => {
    await reader.query('DELETE FROM received');
    await reader.query('DELETE FROM inbound_position');
    await publisher.connection.jetStream.streams.delete('INBOUND').catch(() => false);
    await ensureStreams(publisher);
  });
  afterEach(() => Promise.all(running.splice(0).map(({ runner }) => runner.stop())));
  afterAll(async () => {
    await database.close();
    await broker.stop();
    await postgres.stop();
  });

  it('handle every message once, each key in its order, and the lanes work next to each other', async () => {
    await replica('one');
    await publish(40, 25);
    await expectEach(40, 25);
  });

  it('take what gathered meanwhile as one batch, of at most two hundred', async () => {
    const open = Promise.withResolvers<void>();
    await publish(1, 450);
    // The first batch waits until all the others are here.
    const { messaging } = await replica('one', { before: () => open.promise });
    await handedOut(8);
    await messaging.connection.nats.flush();
    open.resolve();
    await expectEach(1, 450);
    const sizes = (await received(reader)).map(({ batch }) => batch);
    expect(Math.max(...sizes)).toBe(200);
  });

  it('share a transaction when they wait for one, and poison of one of them is no matter of the others', async () => {
    const open = Promise.withResolvers<void>();
    let begun = 0;
    // The first two hold both places, so that all others wait.
    const { messaging } = await replica('one', {
      before: () => {
        begun += 1;
        return begun <= 2 ? open.promise : undefined;
      },
    });
    await handedOut(8);
    const [first, second, third, ...others] = keysOfAllLanes();
    const send = (key = '', data = key) => publisher.publish(StepReceived, key, { key: data, n: 0 });
    await send(first);
    await eventually(() => expect(begun).toBe(1));
    await send(second);
    await eventually(() => expect(begun).toBe(2));
    await send(third, 'with\u0000nul');
    for (const key of others) await send(key);
    await handedOut(8);
    await messaging.connection.nats.flush();
    open.resolve();
    await eventually(async () => expect(await received(reader)).toHaveLength(7));
    expect((await received(reader)).map(({ key }) => key).sort()).toEqual([first, second, ...others].sort());
    // The two, the shared one, one for each of its lanes, and the poison's second try.
    await eventually(() => expect(begun).toBe(2 + 1 + 6 + 1));
  });

  it('go on from the stored position in the next process', async () => {
    const first = await replica('one');
    await publish(5, 20);
    await expectEach(5, 20);
    await first.runner.stop();
    await publish(5, 20, 20);
    await replica('two');
    await expectEach(5, 40);
  });

  it('belong to one replica each, and another takes over at once from one that is drained', async () => {
    const one = await replica('one');
    await eventually(() => expect(one.runner.heldLanes).toEqual(upTo(8)));
    const two = await replica('two');
    await publish(10, 5);
    expect(two.runner.heldLanes).toEqual([]);
    await one.runner.stop();
    await eventually(() => expect(two.runner.heldLanes).toEqual(upTo(8)));
    await publish(10, 5, 5);
    await expectEach(10, 10);
  });

  it('are taken over when their replica is cut off from the broker and its database sessions end in the middle of work', async () => {
    const one = await replica('one');
    await eventually(() => expect(one.runner.heldLanes).toHaveLength(8));
    const two = await replica('two');
    const publishing = publish(20, 60);
    await eventually(async () => expect((await received(reader)).length).toBeGreaterThan(50), { everyMs: 5 });
    await terminateSessions(postgres, 'one');
    await one.messaging.connection.nats.close();
    await publishing;
    await expectEach(20, 60);
    await eventually(() => expect(two.runner.heldLanes).toEqual(upTo(8)));
    await eventually(() => expect(one.runner.heldLanes).toEqual([]));
  });

  it('are left to others by a replica that cannot reach the broker for some seconds', async () => {
    const one = await replica('one');
    await eventually(() => expect(one.runner.heldLanes).toHaveLength(8));
    const two = await replica('two');
    await one.messaging.connection.nats.close();
    await eventually(() => expect(two.runner.heldLanes).toEqual(upTo(8)));
    await publish(5, 5);
    await expectEach(5, 5);
  });

  it('are fenced: of two replicas that both believe to own a lane, each message is written by one', async () => {
    // A lock that everybody gets stands for one that was lost unnoticed.
    const unlocked = (store: LaneStore<Tx>): LaneStore<Tx> => ({
      openHolder: () => ({
        tryAcquire: () => Promise.resolve(true),
        release: () => Promise.resolve(),
        close: () => Promise.resolve(),
      }),
      load: (lane) => store.load(lane),
      transact: (moves, work) => store.transact(moves, work),
    });
    const [first, second] = [await database.open('one'), await database.open('two')];
    await replica('one', { dataSource: first, store: unlocked(new PostgresLaneStore(first, 'lanes')) });
    await replica('two', { dataSource: second, store: unlocked(new PostgresLaneStore(second, 'lanes')) });
    await handedOut(16);
    await publish(10, 40);
    await expectEach(10, 40);
    await eventually(() =>
      expect(told.lines.some(({ fields }) => JSON.stringify(fields).includes('moved by another owner'))).toBe(true),
    );
  });

  it('read a stream that was made anew from its start', async () => {
    await replica('one');
    await publish(3, 30);
    await expectEach(3, 30);
    await broker.server.wipe();
    await broker.server.restart();
    await publish(3, 10, 30);
    await expectEach(3, 40);
  });

  it('read from the start when the number of lanes changes, since positions then mean other partitions', async () => {
    const before = await replica('one', { lanes: 2 });
    await publish(4, 10);
    await expectEach(4, 10);
    await before.runner.stop();
    await reader.query('DELETE FROM received');
    await replica('two', { lanes: 3 });
    await expectEach(4, 10);
  });

  it('put one poison message among good ones into the dead letters and write all others in order', async () => {
    const keys = ['a', 'b', 'c', 'with\u0000nul', 'd', 'e'];
    for (const [n, key] of keys.entries()) await publisher.publish(StepReceived, 'visitor:1', { key, n });
    await replica('one');
    await eventually(async () =>
      expect((await received(reader)).map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd', 'e']),
    );
    const lane = told.lines.findLast(({ event }) => event === 'message.dead-lettered');
    const [letter] = await deadLetters(publisher, (lane?.fields as { handler: string }).handler);
    expect(letter).toMatchObject({
      attempts: 2,
      stream: 'INBOUND',
      sequence: 4,
      subject: StepReceived.subject('visitor:1'),
      original: { data: { key: 'with\u0000nul', n: 3 } },
    });
    expect(letter?.reason).toContain('invalid byte sequence');
  });

  it('put what is no event, and what this release does not know, into the dead letters', async () => {
    const subject = StepReceived.subject('visitor:2');
    await publisher.publishRow({ subject, body: '{"specversion":"1.0"}', headers: {} });
    const { body } = composeMessage(StepReceived, 'visitor:2', { key: 'k0', n: 9 });
    const unknown = { ...(JSON.parse(body) as Envelope), type: 'conversations.test.unheard-of.v1' };
    await publisher.publishRow({ subject, body: JSON.stringify(unknown), headers: {} });
    await publisher.publish(StepReceived, 'visitor:2', { key: 'k0', n: 0 });
    const { runner } = await replica('one');
    await expectEach(1, 1);
    await eventually(() => expect(runner.heldLanes).toHaveLength(8));
    const reasons = told.lines
      .filter(({ event }) => event === 'message.dead-lettered')
      .map(({ fields }) => (fields as { reason: string }).reason);
    expect(reasons.some((reason) => reason.startsWith('not an event'))).toBe(true);
    expect(reasons).toContain('type conversations.test.unheard-of.v1 is not known to this release');
  });

  it('try a batch again that failed for a reason of the moment, and lose nothing', async () => {
    let failures = 0;
    await replica('one', {
      before: () => {
        failures += 1;
        if (failures <= 3) throw new Error('the pool is empty');
      },
    });
    await publish(1, 10);
    await expectEach(1, 10);
    expect(failures).toBeGreaterThan(3);
  });

  it('do not bury a message that only lost a race for a unique key', async () => {
    let raced = false;
    const buried = () => told.events().filter((event) => event === 'message.dead-lettered').length;
    const before = buried();
    await replica('one', {
      before: () => {
        if (raced) return;
        raced = true;
        throw Object.assign(new Error('duplicate key'), { code: '23505' });
      },
    });
    await publish(1, 1);
    await expectEach(1, 1);
    expect(buried()).toBe(before);
  });

  it('run what was asked for after the commit, and not when it is rolled back', async () => {
    const committed: string[] = [];
    let failed = false;
    await replica('one', {
      before: (batch) => {
        const word = failed ? 'second try' : 'first try';
        batch.afterCommit(() => committed.push(word));
        if (!failed) {
          failed = true;
          throw new Error('rolled back');
        }
      },
    });
    await publish(1, 1);
    await expectEach(1, 1);
    await eventually(() => expect(committed).toEqual(['second try']));
  });

  it('lose, double and reorder nothing when broker and database are killed while messages come in', async () => {
    await replica('one');
    await replica('two');
    const publishing = publish(30, 40);
    await eventually(async () => expect((await received(reader)).length).toBeGreaterThan(100), { everyMs: 5 });
    await broker.server.kill();
    await broker.server.restart();
    await postgres.kill();
    await postgres.restart();
    await publishing;
    await expectEach(30, 40);
    expect((await streamFacts(publisher, 'INBOUND'))?.lastSequence).toBe(30 * 40);
  }, 60_000);
});

/** One key for each of the eight lanes. */
function keysOfAllLanes(): string[] {
  const keys = new Map<number, string>();
  for (let n = 0; keys.size < 8; n += 1) {
    const key = `visitor:${n}`;
    const lane = Number(StepReceived.subject(key).split('.').at(-1)) % 8;
    if (!keys.has(lane)) keys.set(lane, key);
  }
  return [...keys.values()];
}

/** Ends a replica's sessions from outside, as when its machine is gone. */
async function terminateSessions(postgres: PostgresServer, applicationName: string): Promise<void> {
  const client = new Client({
    host: postgres.host,
    port: postgres.port,
    user: postgres.user,
    password: postgres.password,
    database: 'lanes',
  });
  await client.connect();
  await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE $1', [
    `${applicationName}%`,
  ]);
  await client.end();
}
