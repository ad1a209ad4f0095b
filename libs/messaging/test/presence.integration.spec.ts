import { eventually } from '@conversations/testing';
import { type Messaging, type PresenceChange } from '../src/index';
import { openPresence } from '../src/presence';
import { Broker } from './broker';

const entry = (url = 'https://shop.example/') => ({
  since: '2026-11-22T13:00:00.000Z',
  page: { url, title: null },
  locale: 'en',
});
const TIMING = { renewMs: 200, staleMs: 900 };
/** Outlives the pauses of a full machine. */
const PATIENT = { renewMs: 200, staleMs: 6_000 };

describe('presence over replicas', () => {
  let broker: Broker;

  const open = async (replica?: string, onAbandoned?: (visitorIds: string[]) => void, timing = TIMING) => {
    const messaging = await broker.connect(replica ?? 'screens');
    const bucket = await openPresence(messaging, timing);
    if (replica !== undefined) await bucket.keepLease(replica, onAbandoned);
    return { messaging, bucket, view: bucket.watch() };
  };
  /** The process is gone without a word: nothing is renewed. */
  const die = (messaging: Messaging) => messaging.connection.nats.close();

  beforeEach(async () => {
    broker = await Broker.start();
  });
  afterEach(() => broker.stop());

  it('is seen by every replica, with page and change of page, until the visitor leaves', async () => {
    const [one, screens] = [await open('one', undefined, PATIENT), await open(undefined, undefined, PATIENT)];
    const changes: PresenceChange[] = [];
    screens.view.onChange((change) => void changes.push(change));
    one.bucket.put('vis_1', entry());
    await eventually(() => expect(screens.view.onlineIds()).toEqual(['vis_1']));
    one.bucket.put('vis_1', entry('https://shop.example/cart'));
    await eventually(() => expect(screens.view.of('vis_1')?.page?.url).toBe('https://shop.example/cart'));
    one.bucket.remove('vis_1');
    await eventually(() => expect(screens.view.of('vis_1')).toBeNull());
    // A bucket that is read again is told again.
    const states = changes.map(({ presence }) => presence && [presence.online, presence.page?.url].join(' '));
    const pages = ['true https://shop.example/', 'true https://shop.example/cart'];
    expect([...new Set(states)]).toEqual([...pages, null]);
  });

  it('is known to a replica that starts later as soon as it is open', async () => {
    const one = await open('one');
    for (let n = 0; n < 50; n += 1) one.bucket.put(`vis_${n}`, entry());
    await eventually(() => expect(one.view.onlineIds()).toHaveLength(50));
    const late = await open();
    expect(late.view.onlineIds()).toHaveLength(50);
  });

  it('ends when the lease of a dead replica expires, and another one clears up and tells who left', async () => {
    const abandoned: string[] = [];
    const [dying, heir, screens] = [
      await open('dying', undefined, PATIENT),
      await open('heir', (ids) => abandoned.push(...ids), PATIENT),
      await open(undefined, undefined, PATIENT),
    ];
    dying.bucket.put('vis_1', entry());
    dying.bucket.put('vis_2', entry());
    heir.bucket.put('vis_2', entry());
    await eventually(() => expect(screens.view.onlineIds().sort()).toEqual(['vis_1', 'vis_2']));
    await die(dying.messaging);
    await eventually(() => expect(screens.view.onlineIds()).toEqual(['vis_2']));
    await eventually(() => expect(abandoned).toEqual(['vis_1']));
    await eventually(() => expect(screens.view.of('vis_1')).toBeNull());
    await eventually(() => expect(screens.view.of('vis_2')?.online).toBe(true));
  });

  it('is written again by a replica that another one took for dead', async () => {
    const [one, screens] = [await open('one', undefined, PATIENT), await open(undefined, undefined, PATIENT)];
    one.bucket.put('vis_1', entry());
    await eventually(() => expect(screens.view.onlineIds()).toEqual(['vis_1']));
    const changes: PresenceChange[] = [];
    screens.view.onChange((change) => void changes.push(change));
    const removal = { body: '', headers: { 'KV-Operation': 'DEL' } };
    await screens.messaging.publishStored([
      { subject: '$KV.PRESENCE.visitor.vis_1.one', ...removal },
      { subject: '$KV.PRESENCE.lease.one', ...removal },
    ]);
    await eventually(() => expect(changes).toContainEqual({ visitorId: 'vis_1', presence: null }));
    await eventually(() => expect(screens.view.of('vis_1')?.online).toBe(true));
  });

  it('survives a pause of every process longer than a lease', async () => {
    const abandoned: string[] = [];
    const tell = (ids: string[]) => void abandoned.push(...ids);
    const [one, two] = [await open('one', tell), await open('two', tell)];
    one.bucket.put('vis_1', entry());
    two.bucket.put('vis_2', entry());
    const bothOnline = () => {
      for (const { view } of [one, two]) expect(view.onlineIds().sort()).toEqual(['vis_1', 'vis_2']);
    };
    await eventually(bothOnline);
    const seemedGone = new Set<string>();
    one.view.onChange(({ visitorId, presence }) => presence?.online !== true && seemedGone.add(visitorId));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * TIMING.staleMs);
    await eventually(() => expect(seemedGone).toEqual(new Set(['vis_1', 'vis_2'])));
    await eventually(bothOnline);
    expect(abandoned).toEqual([]);
  });

  it('lasts while the lease is renewed', async () => {
    const [one, screens] = [await open('one', undefined, PATIENT), await open(undefined, undefined, PATIENT)];
    const changes: PresenceChange[] = [];
    one.bucket.put('vis_1', entry());
    await eventually(() => expect(screens.view.onlineIds()).toEqual(['vis_1']));
    screens.view.onChange((change) => void changes.push(change));
    const since = performance.now();
    await eventually(() => expect(performance.now() - since).toBeGreaterThan(2 * PATIENT.staleMs));
    expect(changes.filter(({ presence }) => presence?.online !== true)).toEqual([]);
  });

  it('is written again by those who know when the broker lost it', async () => {
    const [one, screens] = [await open('one'), await open()];
    one.bucket.put('vis_1', entry());
    one.bucket.put('vis_2', entry());
    await eventually(() => expect(screens.view.onlineIds()).toHaveLength(2));
    await broker.server.wipe();
    one.bucket.remove('vis_2');
    one.bucket.put('vis_3', entry());
    await broker.server.restart();
    await eventually(() => expect(screens.view.onlineIds()).toContain('vis_3'));
    const late = await open();
    await eventually(() => expect(late.view.onlineIds().sort()).toEqual(['vis_1', 'vis_3']));
    await eventually(() => expect(screens.view.onlineIds().sort()).toEqual(['vis_1', 'vis_3']));
  });
});
