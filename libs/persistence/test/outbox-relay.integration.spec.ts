import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Messaging, ensureStreams } from '@conversations/messaging';
import { Metrics } from '@conversations/runtime';
import { type NatsServer, type PostgresServer, eventually, startNats } from '@conversations/testing';
import { OutboxRelay } from '../src/index';
import {
  SCHEMA,
  asAdmin,
  changeThread,
  connectMessaging,
  followSample,
  log,
  migrateSample,
  openReplica,
  startSampleNats,
  startSamplePostgres,
  threadId,
  upTo,
  versionsByThread,
} from './sample-schema';

let postgres: PostgresServer;
let nats: NatsServer;
let messaging: Messaging;
/** Connections of further replicas. */
const others: Messaging[] = [];
const connectAnother = async () => {
  const another = await connectMessaging(nats);
  others.push(another);
  return another;
};

beforeEach(async () => {
  [postgres, { nats, messaging }] = await Promise.all([startSamplePostgres(), startSampleNats()]);
  await migrateSample(postgres);
}, 60_000);
afterEach(async () => {
  await Promise.all([messaging, ...others.splice(0)].map((each) => each.drain()));
  await Promise.all([nats.stop(), postgres.stop()]);
});

type Replica = Awaited<ReturnType<typeof openReplica>>;

/** Every writer changes the same threads in turn, so their transactions meet at the row locks. */
async function write(replica: Replica, options: { writers: number; changes: number; threads: number }) {
  await Promise.all(
    Array.from({ length: options.writers }, async (_, writer) => {
      for (let change = 0; change < options.changes; change += 1) {
        await eventually(
          () => replica.database.transaction((tx) => changeThread(tx, (writer + change) % options.threads)),
          {
            timeoutMs: 20_000,
          },
        );
      }
    }),
  );
}

const versionsInDatabase = async () => {
  const rows = await asAdmin<{ id: string; version: number }>(postgres, 'SELECT id, version FROM sample.thread');
  return new Map(rows.map(({ id, version }) => [id, upTo(version)]));
};

/** Nothing lost, nothing out of order. */
async function expectAllSeen(through: Messaging, timeoutMs = 20_000) {
  const follower = followSample(through);
  const wanted = await versionsInDatabase();
  await eventually(() => expect(versionsByThread(follower.seen)).toEqual(wanted), { timeoutMs });
  await follower.stop();
  return follower.seen;
}

const waiting = async () =>
  (
    await asAdmin<{ rows: number }>(
      postgres,
      'SELECT count(*)::int AS rows FROM sample.outbox WHERE stream_seq IS NULL',
    )
  )[0]?.rows;
const owners = () =>
  asAdmin<{ pid: number; application_name: string }>(
    postgres,
    `SELECT pid, application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND granted AND application_name LIKE '%relay'`,
  );
const endOwner = async () => {
  const [owner] = await owners();
  await asAdmin(postgres, 'SELECT pg_terminate_backend($1)', [owner?.pid]);
};

test('events of eight concurrent writers arrive once each and in the order of every conversation', async () => {
  const replica = await openReplica(postgres, messaging);
  replica.relay.start();
  await write(replica, { writers: 8, changes: 60, threads: 5 });
  const seen = await expectAllSeen(messaging);
  expect(seen).toHaveLength(480);
  await eventually(async () => expect(await waiting()).toBe(0));
  await replica.close();
});

test('a commit in a replica that does not own the relay is published at once as well', async () => {
  const owner = await openReplica(postgres, messaging, 'owner');
  owner.relay.start();
  await eventually(async () => expect(await owners()).toMatchObject([{ application_name: 'owner relay' }]));
  const other = await openReplica(postgres, await connectAnother(), 'other');
  other.relay.start();
  const follower = followSample(messaging);
  // Each right after the sweep of the one before: without the wake-up most of these would be 2 s late.
  const delays: number[] = [];
  for (let change = 1; change <= 10; change += 1) {
    await other.database.transaction((tx) => changeThread(tx, 1));
    const committed = performance.now();
    await eventually(() => expect(follower.seen).toHaveLength(change), { everyMs: 2 });
    delays.push(performance.now() - committed);
  }
  expect(delays.sort((a, b) => a - b)[5]).toBeLessThan(1_000);
  await follower.stop();
  await Promise.all([owner.close(), other.close()]);
});

test('replicas that change the same conversations at the same time keep their order', async () => {
  const [one, two] = await Promise.all([
    openReplica(postgres, messaging, 'one'),
    openReplica(postgres, await connectAnother(), 'two'),
  ]);
  one.relay.start();
  two.relay.start();
  const load = { writers: 4, changes: 60, threads: 3 };
  await Promise.all([write(one, load), write(two, load)]);
  const seen = await expectAllSeen(messaging);
  expect(seen).toHaveLength(480);
  await Promise.all([one.close(), two.close()]);
});

test('what a transaction took back with a savepoint is not published', async () => {
  const replica = await openReplica(postgres, messaging);
  replica.relay.start();
  await replica.database.transaction((tx) => changeThread(tx, 1));
  await expectAllSeen(messaging);
  await replica.database.transaction(async (tx) => {
    await changeThread(tx, 1);
    await tx.query('SAVEPOINT half_way');
    await changeThread(tx, 1);
    await tx.query('ROLLBACK TO SAVEPOINT half_way');
  });
  await replica.database.transaction((tx) => changeThread(tx, 1));
  const seen = await expectAllSeen(messaging);
  expect(seen.map(({ version }) => version)).toEqual([1, 2, 3]);
  await replica.close();
});

test('when the owner stops or its session is ended, another goes on in order', async () => {
  const first = await openReplica(postgres, messaging, 'first');
  first.relay.start();
  await eventually(async () => expect(await owners()).toMatchObject([{ application_name: 'first relay' }]));
  const second = await openReplica(postgres, await connectAnother(), 'second');
  second.relay.start();

  const writing = write(first, { writers: 4, changes: 150, threads: 3 });
  await eventually(async () => expect((await versionsInDatabase()).get(threadId(0))?.length).toBeGreaterThan(20));
  await first.relay.stop();
  await eventually(async () => expect(await owners()).toMatchObject([{ application_name: 'second relay' }]));
  await endOwner();
  await writing;
  await expectAllSeen(messaging);
  await eventually(async () => expect(await owners()).toMatchObject([{ application_name: 'second relay' }]));
  await Promise.all([first.close(), second.close()]);
});

test('what is committed while the broker is down is published in order when it is back', async () => {
  const replica = await openReplica(postgres, messaging);
  replica.relay.start();
  await write(replica, { writers: 2, changes: 20, threads: 3 });
  const writing = write(replica, { writers: 4, changes: 100, threads: 3 });
  await nats.kill();
  await writing;
  expect(await waiting()).toBeGreaterThan(0);
  await nats.restart();
  await expectAllSeen(messaging);
  await eventually(async () => expect(await waiting()).toBe(0));
  await replica.close();
});

test('kills of the broker under load lose nothing and disturb no order', async () => {
  const replica = await openReplica(postgres, messaging);
  replica.relay.start();
  const writing = write(replica, { writers: 6, changes: 200, threads: 4 });
  for (let kill = 1; kill <= 3; kill += 1) {
    await eventually(async () =>
      expect((await versionsInDatabase()).get(threadId(0))?.length).toBeGreaterThan(kill * 60),
    );
    await nats.kill();
    await nats.restart();
  }
  await writing;
  await expectAllSeen(messaging);
  await replica.close();
}, 60_000);

test('a broker whose store was wiped is filled again with everything that the outbox holds', async () => {
  const replica = await openReplica(postgres, messaging);
  replica.relay.start();
  await write(replica, { writers: 4, changes: 50, threads: 3 });
  await expectAllSeen(messaging);
  const writing = write(replica, { writers: 4, changes: 100, threads: 3 });
  await nats.wipe();
  await nats.restart();
  await writing;
  await expectAllSeen(messaging);
  await replica.close();
});

test('a stream that was wiped while no relay ran is filled again at the next start', async () => {
  const replica = await openReplica(postgres, messaging);
  replica.relay.start();
  await write(replica, { writers: 2, changes: 20, threads: 3 });
  await eventually(async () => expect(await waiting()).toBe(0));
  await replica.close();
  await nats.wipe();
  await nats.restart();
  const next = await openReplica(postgres, messaging);
  next.relay.start();
  await expectAllSeen(messaging);
  await next.close();
});

test('a broker that came back with an older state of its store gets again what it lost', async () => {
  const storeDir = mkdtempSync(join(tmpdir(), 'conversations-rollback-'));
  const older = `${storeDir}-older`;
  const server = await startNats({ storeDir });
  const through = await connectMessaging(server);
  await ensureStreams(through);
  const replica = await openReplica(postgres, through);
  replica.relay.start();
  await write(replica, { writers: 1, changes: 20, threads: 2 });
  await expectAllSeen(through);

  await replica.relay.stop();
  await server.kill();
  cpSync(storeDir, older, { recursive: true });
  await server.restart();
  const next = await openReplica(postgres, through);
  next.relay.start();
  const writing = write(next, { writers: 2, changes: 40, threads: 2 });
  await writing;
  await expectAllSeen(through);
  await server.kill();
  rmSync(storeDir, { recursive: true });
  cpSync(older, storeDir, { recursive: true });
  await server.restart();
  await write(next, { writers: 2, changes: 10, threads: 2 });
  await expectAllSeen(through);

  await Promise.all([replica.close(), next.close()]);
  await through.drain();
  await server.stop();
  for (const folder of [storeDir, older]) rmSync(folder, { recursive: true, force: true });
}, 60_000);

test('a stream that was made anew while the connection held is filled again', async () => {
  const replica = await openReplica(postgres, messaging);
  replica.relay.start();
  await write(replica, { writers: 2, changes: 30, threads: 2 });
  await expectAllSeen(messaging);
  await messaging.connection.jetStream.streams.delete('EVENTS');
  await ensureStreams(messaging);
  await write(replica, { writers: 2, changes: 30, threads: 2 });
  // The events by which the loss showed stand before what was lost: a consumer puts them right by their sequence.
  const follower = followSample(messaging);
  const wanted = await versionsInDatabase();
  await eventually(() => {
    const seen = versionsByThread(follower.seen);
    for (const versions of seen.values()) versions.sort((one, other) => one - other);
    expect(seen).toEqual(wanted);
  });
  await follower.stop();
  await replica.close();
});

test('a restart of Postgres interrupts the relay and does not end it', async () => {
  const replica = await openReplica(postgres, messaging);
  replica.relay.start();
  const writing = write(replica, { writers: 4, changes: 100, threads: 3 });
  await eventually(async () => expect((await versionsInDatabase()).get(threadId(0))?.length).toBeGreaterThan(20));
  await postgres.kill();
  await postgres.restart();
  await writing;
  await expectAllSeen(messaging);
  await eventually(async () => expect(await waiting()).toBe(0));
  await replica.close();
}, 60_000);

test('rows are deleted when they are published and older than seven days, and not before', async () => {
  const replica = await openReplica(postgres, messaging);
  await asAdmin(
    postgres,
    `INSERT INTO sample.outbox (event_id, subject, stream, key, body, headers, created_at, stream_seq)
     SELECT gen_random_uuid(), 'evt.sample.old.v1.00', 'EVENTS', 'old', '{}', '{}', now() - interval '9 days', 0 FROM generate_series(1, 2500)`,
  );
  await write(replica, { writers: 1, changes: 30, threads: 1 });
  await asAdmin(
    postgres,
    `UPDATE sample.outbox SET created_at = now() - interval '8 days' WHERE seq <= 2520 AND stream_seq IS NULL`,
  );
  replica.relay.start();
  await eventually(
    async () => {
      const [row] = await asAdmin<{ rows: number }>(postgres, 'SELECT count(*)::int AS rows FROM sample.outbox');
      expect(row?.rows).toBe(10);
    },
    { timeoutMs: 20_000 },
  );
  await expectAllSeen(messaging);
  await replica.close();
});

test('what waits and who publishes can be measured', async () => {
  const replica = await openReplica(postgres, messaging);
  await write(replica, { writers: 1, changes: 7, threads: 1 });
  const metrics = new Metrics('sample');
  const relay = new OutboxRelay({ dataSource: replica.dataSource, schema: SCHEMA, messaging, log, metrics });
  await nats.kill();
  relay.start();
  await eventually(async () =>
    expect(await metrics.text()).toContain('conversations_outbox_waiting_rows{service="sample"} 7'),
  );
  expect(await metrics.text()).toMatch(/conversations_outbox_failures_total\{service="sample"\} [1-9]/);
  await nats.restart();
  await eventually(async () =>
    expect(await metrics.text()).toContain('conversations_outbox_waiting_rows{service="sample"} 0'),
  );
  const text = await metrics.text();
  expect(text).toContain('conversations_outbox_published_total{service="sample"} 7');
  expect(text).toContain('conversations_outbox_owner{service="sample"} 1');
  await relay.stop();
  await replica.close();
});
