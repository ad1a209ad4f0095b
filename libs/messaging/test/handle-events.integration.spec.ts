import { partitionOf } from '@conversations/contracts';
import { eventually } from '@conversations/testing';
import { ensureStreams, type Messaging, PermanentError } from '../src/index';
import { handleEvents } from '../src/handle-events';
import { Broker, StepTaken, TakeStep } from './broker';
import { deadLetters } from './dead-letters';

interface Call {
  replica: string;
  key: string;
  n: number;
  at: number;
}

const FAST = { backoffMs: [50, 100, 200] };
const upTo = (n: number) => Array.from({ length: n }, (_, index) => index);
let durables = 0;

describe('handling events with explicit acks', () => {
  let broker: Broker;
  let messaging: Messaging;

  beforeAll(async () => {
    broker = await Broker.start();
    messaging = await broker.connect();
    await ensureStreams(messaging);
  });
  afterAll(() => broker.stop());

  /** Its own conversation for each test, since a new durable hears everything that is stored. */
  const scene = () => {
    durables += 1;
    const key = `cnv_${durables}`;
    const calls: Call[] = [];
    const on = (
      replica: Messaging,
      work: (call: Call, earlier: number) => Promise<void> | void = () => undefined,
      name = 'one',
      // Shorter than a pause of this process, it has what is in work given out again.
      ackWaitMs = 10_000,
    ) =>
      handleEvents({
        messaging: replica,
        contract: StepTaken,
        durable: `test-${key}`,
        ...FAST,
        ackWaitMs,
        handle: async (data) => {
          const { key: about, n } = data as { key: string; n: number };
          if (!about.startsWith(key)) return;
          const call = { replica: name, key: about, n, at: performance.now() };
          const earlier = calls.filter((each) => each.key === about && each.n === n).length;
          calls.push(call);
          await work(call, earlier);
        },
      });
    const publish = async (count: number, about = key) => {
      for (const n of upTo(count)) await messaging.publish(StepTaken, about, { key: about, n });
    };
    return { key, calls, on, publish };
  };

  it('a handler that returns has acknowledged: nothing comes again, in this process or the next', async () => {
    const { calls, on, publish } = scene();
    const handler = on(messaging);
    await publish(20);
    await eventually(() => expect(calls.map(({ n }) => n)).toEqual(upTo(20)));
    await handler.stop();
    const again = await broker.connect();
    on(again, undefined, 'two');
    await publish(1);
    await eventually(() => expect(calls.at(-1)).toMatchObject({ replica: 'two', n: 0 }));
    expect(calls).toHaveLength(21);
  });

  it('a handler that throws is called again after the pauses of its back-off list, before the next of its partition', async () => {
    const { calls, on, publish } = scene();
    on(messaging, ({ n }, earlier) => {
      if (n === 0 && earlier < 3) throw new Error('not yet');
    });
    await publish(3);
    await eventually(() => expect(calls.map(({ n }) => n)).toEqual([0, 0, 0, 0, 1, 2]));
    const [first, second, third, fourth] = calls.map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(45);
    expect((third ?? 0) - (second ?? 0)).toBeGreaterThanOrEqual(95);
    expect((fourth ?? 0) - (third ?? 0)).toBeGreaterThanOrEqual(195);
  });

  it('a message that fails every try is a dead letter with reason, attempts and the original, and the next one follows', async () => {
    const { key, calls, on, publish } = scene();
    on(messaging, ({ n }) => {
      if (n === 0) throw new Error('no room in the mailbox');
    });
    await publish(2);
    await eventually(() => expect(calls.map(({ n }) => n)).toEqual([0, 0, 0, 0, 1]));
    const [letter] = await deadLetters(messaging, `test-${key}`);
    expect(letter).toMatchObject({
      reason: 'no room in the mailbox',
      attempts: 4,
      handler: `test-${key}`,
      stream: 'EVENTS',
      subject: StepTaken.subject(key),
      original: { type: StepTaken.type, subject: key, data: { key, n: 0 } },
    });
  });

  it('a permanent error is a dead letter after one try', async () => {
    const { key, calls, on, publish } = scene();
    on(messaging, ({ n }) => {
      if (n === 0) throw new PermanentError('the address does not exist');
    });
    await publish(2);
    await eventually(() => expect(calls.map(({ n }) => n)).toEqual([0, 1]));
    const letters = await deadLetters(messaging, `test-${key}`);
    expect(letters).toEqual([expect.objectContaining({ reason: 'the address does not exist', attempts: 1 })]);
  });

  it('what is no event at all is a dead letter with its bytes', async () => {
    const { key, calls, on, publish } = scene();
    on(messaging);
    await messaging.publishRow({ subject: StepTaken.subject(key), body: 'not JSON', headers: {} });
    await publish(1);
    await eventually(() => expect(calls).toHaveLength(1));
    const [letter] = await deadLetters(messaging, `test-${key}`);
    expect(letter).toMatchObject({ originalBase64: Buffer.from('not JSON').toString('base64') });
    expect(letter?.reason).toContain('not an event');
  });

  it('two consumers on one partition keep its order and never work in parallel', async () => {
    const { key, calls, on, publish } = scene();
    let working = 0;
    let most = 0;
    const work = async () => {
      working += 1;
      most = Math.max(most, working);
      await new Promise((resolve) => setTimeout(resolve, 2));
      working -= 1;
    };
    on(messaging, work, 'one');
    on(await broker.connect(), work, 'two');
    on(await broker.connect(), work, 'three');
    await publish(150, key);
    await eventually(() => expect(calls).toHaveLength(150));
    expect(calls.map(({ n }) => n)).toEqual(upTo(150));
    expect(most).toBe(1);
    expect(new Set(calls.map(({ replica }) => replica)).size).toBeGreaterThan(1);
  });

  it('other partitions go on while one waits for its next try', async () => {
    const { key, calls, on, publish } = scene();
    const other = upTo(100)
      .map((n) => `${key}_${n}`)
      .find((candidate) => partitionOf(candidate) % 16 !== partitionOf(key) % 16);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    on(messaging, ({ key: about }) => (about === key ? held : undefined));
    await publish(1, key);
    await publish(30, other);
    await eventually(() => expect(calls.filter((call) => call.key === other)).toHaveLength(30));
    release();
  });

  it('a message that takes longer than the ack wait is not given to another replica', async () => {
    const { calls, on, publish } = scene();
    const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 8_000));
    on(messaging, slow, 'one', 7_000);
    on(await broker.connect(), slow, 'two', 7_000);
    await publish(1);
    await eventually(() => expect(calls).toHaveLength(1));
    await publish(1);
    await eventually(() => expect(calls).toHaveLength(2));
    expect((calls[1]?.at ?? 0) - (calls[0]?.at ?? 0)).toBeGreaterThanOrEqual(7_900);
  }, 60_000);

  it('what a replica had in work when it died is done by another', async () => {
    const { calls, on, publish } = scene();
    const dying = await broker.connect();
    let release: () => void = () => undefined;
    on(dying, () => new Promise((resolve) => (release = resolve)), 'dying', 1_000);
    await publish(5);
    await eventually(() => expect(calls).toHaveLength(1));
    await dying.connection.nats.close();
    on(messaging, undefined, 'heir', 1_000);
    await eventually(() =>
      expect(calls.filter(({ replica }) => replica === 'heir').map(({ n }) => n)).toEqual(upTo(5)),
    );
    release();
  });

  it('handling goes on when the broker is killed and started again', async () => {
    const { calls, on, publish } = scene();
    on(messaging, undefined, 'one', 1_000);
    await publish(10);
    await eventually(() => expect(calls).toHaveLength(10));
    await broker.server.kill();
    await broker.server.restart();
    await publish(10);
    // At least once: the ack of the last one before the kill may be lost.
    await eventually(() => expect(calls.map(({ n }) => n).slice(-10)).toEqual(upTo(10)));
  });

  it('commands leave their work queue when they are done, and two commands have consumers of their own', async () => {
    const done: number[] = [];
    handleEvents({
      messaging,
      contract: TakeStep,
      durable: 'test-commands',
      handle: (data) => {
        done.push((data as { n: number }).n);
        return Promise.resolve();
      },
    });
    for (const n of upTo(5)) await messaging.publish(TakeStep, 'cnv_x', { key: 'cnv_x', n });
    await eventually(() => expect(done).toEqual(upTo(5)));
    await eventually(async () => {
      const { state } = await messaging.connection.jetStream.streams.info('OUTBOUND');
      expect(state.messages).toBe(0);
    });
  });

  it('handling begins again by itself on a broker that lost everything', async () => {
    const { calls, on, publish } = scene();
    on(messaging);
    await publish(1);
    await eventually(() => expect(calls).toHaveLength(1));
    await broker.server.wipe();
    await broker.server.restart();
    await publish(3);
    await eventually(() => expect(calls.map(({ n }) => n)).toEqual([0, 0, 1, 2]));
  });
});
