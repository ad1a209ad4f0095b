import { eventually } from '@conversations/testing';
import { carries, ensureStreams, type FollowedMessage, type Follower, type Messaging } from '../src/index';
import { Broker, StepTaken, Stepping, Told } from './broker';

const steps = (messages: FollowedMessage[]) =>
  messages.flatMap(({ envelope }) => (carries(envelope, StepTaken) ? [envelope.data.n] : []));
const upTo = (n: number) => Array.from({ length: n }, (_, index) => index);

describe('following events', () => {
  let broker: Broker;
  let messaging: Messaging;
  const told = new Told();
  const following: Follower[] = [];

  const follow = (from: 'new' | { sequence: number }, filters = ['evt.test.>']) => {
    const seen: FollowedMessage[] = [];
    const resets: string[] = [];
    const follower = messaging.followEvents({
      filters,
      from,
      onBatch: (batch) => void seen.push(...batch),
      onReset: (identity) => void resets.push(identity),
    });
    following.push(follower);
    return { seen, resets, follower };
  };
  const publish = async (count: number, first = 0) => {
    const sequences: number[] = [];
    for (let from = 0; from < count; from += 1_000) {
      const numbers = upTo(Math.min(1_000, count - from)).map((n) => first + from + n);
      const acks = await Promise.all(numbers.map((n) => messaging.publish(StepTaken, `cnv_${n % 7}`, { key: 'k', n })));
      sequences.push(...acks.map(({ sequence }) => sequence));
    }
    return sequences;
  };

  beforeAll(async () => {
    broker = await Broker.start();
    messaging = await broker.connect('screens', told);
    await ensureStreams(messaging);
  });
  afterEach(() => Promise.all(following.splice(0).map((follower) => follower.stop())));
  afterAll(() => broker.stop());

  it('hands over what is published from now on, in order, in every replica', async () => {
    await publish(3);
    const [one, two] = [follow('new'), follow('new')];
    await Promise.all([one.follower.ready, two.follower.ready]);
    const sequences = await publish(200);
    for (const { seen } of [one, two])
      await eventually(() => expect(seen.map(({ sequence }) => sequence)).toEqual(sequences));
    expect(steps(one.seen)).toEqual(upTo(200));
    expect(one.follower.lastSequence).toBe(sequences.at(-1));
    expect(one.follower.identity).toBe(two.follower.identity);
  });

  it('begins with an older event when its sequence is given', async () => {
    const sequences = await publish(20);
    const { seen } = follow({ sequence: sequences[5] ?? 0 });
    await eventually(() => expect(steps(seen)).toEqual(upTo(20).slice(5)));
  });

  it('reads only what several filters let through', async () => {
    const wanted = [StepTaken.subject('cnv_0'), StepTaken.subject('cnv_1')];
    const { seen, follower } = follow('new', wanted);
    await follower.ready;
    await publish(70);
    await eventually(() => expect(seen).toHaveLength(20));
    expect(new Set(seen.map(({ subject }) => subject))).toEqual(new Set(wanted));
  });

  it('brings a batch again whose handling failed', async () => {
    const seen: number[] = [];
    let failures = 0;
    const follower = messaging.followEvents({
      filters: ['evt.test.>'],
      from: 'new',
      onBatch: (batch) => {
        if (failures++ < 2) throw new Error('not now');
        seen.push(...steps(batch));
      },
      onReset: () => undefined,
    });
    await follower.ready;
    await publish(10);
    await eventually(() => expect(seen).toEqual(upTo(10)));
  });

  it('skips what is no event and says so', async () => {
    const { seen, follower } = follow('new');
    await follower.ready;
    await messaging.publishRow({ subject: StepTaken.subject('x'), body: '{', headers: {} });
    await publish(1);
    await eventually(() => expect(steps(seen)).toEqual([0]));
    expect(told.events()).toContain('event.unreadable');
  });

  it('hands over ten thousand events that were stored before, without holding them all', async () => {
    const [first = 0] = await publish(10_000);
    const { seen } = follow({ sequence: first });
    await eventually(() => expect(seen).toHaveLength(10_000));
    expect(steps(seen)).toEqual(upTo(10_000));
  });

  it('loses nothing while the reader is slow', async () => {
    const text = 'x'.repeat(20_000);
    const seen: number[] = [];
    const follower = messaging.followEvents({
      filters: ['evt.test.>'],
      from: 'new',
      onBatch: async (batch) => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        seen.push(...steps(batch));
      },
      onReset: () => undefined,
    });
    following.push(follower);
    await follower.ready;
    for (let from = 0; from < 6_000; from += 500)
      await Promise.all(upTo(500).map((n) => messaging.publish(StepTaken, 'cnv_1', { key: text, n: from + n })));
    await eventually(() => expect(seen).toHaveLength(6_000), { timeoutMs: 20_000 });
    expect(seen).toEqual(upTo(6_000));
  }, 60_000);

  it('goes on where it stopped when the broker is killed and started again', async () => {
    const { seen, resets, follower } = follow('new');
    await follower.ready;
    await publish(50);
    await broker.server.kill();
    await broker.server.restart();
    await publish(50, 50);
    await eventually(() => expect(steps(seen)).toEqual(upTo(100)));
    expect(resets).toEqual([]);
  });

  it('starts over with the new identity when the stream was lost', async () => {
    const { seen, resets, follower } = follow('new');
    await follower.ready;
    const before = follower.identity;
    await publish(5);
    await broker.server.wipe();
    await broker.server.restart();
    await eventually(() => expect(messaging.isConnected).toBe(true));
    await ensureStreams(messaging);
    const [first] = await publish(5, 100);
    expect(first).toBe(1);
    await eventually(() => expect(steps(seen).slice(-5)).toEqual([100, 101, 102, 103, 104]));
    expect(follower.identity).not.toBe(before);
    expect(resets).toEqual([follower.identity]);
  });
});

describe('live messages', () => {
  let broker: Broker;

  beforeAll(async () => {
    broker = await Broker.start();
  });
  afterAll(() => broker.stop());

  it('reach every replica that listens, and nobody who listens no more', async () => {
    const [sender, one, two] = [await broker.connect(), await broker.connect(), await broker.connect()];
    const heard: string[] = [];
    const stopOne = one.subscribeLive(Stepping, ({ data }) => void heard.push(`one ${data.n}`));
    two.subscribeLive(Stepping, ({ data }) => void heard.push(`two ${data.n}`));
    await Promise.all([one.connection.nats.flush(), two.connection.nats.flush()]);
    sender.publishLive(Stepping, 'k', { key: 'k', n: 1 });
    await eventually(() => expect(heard.sort()).toEqual(['one 1', 'two 1']));
    stopOne();
    await one.connection.nats.flush();
    sender.publishLive(Stepping, 'k', { key: 'k', n: 2 });
    await eventually(() => expect(heard).toContain('two 2'));
    expect(heard).not.toContain('one 2');
  });

  it('that do not fit their contract are left out', async () => {
    const told = new Told();
    const messaging = await broker.connect('listener', told);
    const heard: number[] = [];
    messaging.subscribeLive(Stepping, ({ data }) => void heard.push(data.n));
    messaging.connection.nats.publish(Stepping.subject('k'), '{"data":{"key":1}}');
    messaging.publishLive(Stepping, 'k', { key: 'k', n: 7 });
    await eventually(() => expect(heard).toEqual([7]));
    expect(told.events()).toContain('live.dropped');
  });
});
