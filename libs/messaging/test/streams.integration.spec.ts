import { ensureStreams, type Messaging, streamFacts } from '../src/index';
import { Broker } from './broker';

describe('streams', () => {
  let broker: Broker;
  let messaging: Messaging;

  beforeAll(async () => {
    broker = await Broker.start();
    messaging = await broker.connect();
  });
  afterAll(() => broker.stop());

  it('are made by many processes at once, and are the same afterwards', async () => {
    const others = await Promise.all(Array.from({ length: 4 }, () => broker.connect()));
    await Promise.all([messaging, ...others].map((each) => ensureStreams(each)));
    const made = await streamFacts(messaging, 'EVENTS');
    await ensureStreams(messaging);
    expect(await streamFacts(messaging, 'EVENTS')).toEqual(made);
  });

  it('keep to the house’s settings: on disk, refusing when full, never deleting', async () => {
    const { config } = await messaging.connection.jetStream.streams.info('EVENTS');
    expect(config).toMatchObject({
      subjects: ['evt.>'],
      storage: 'file',
      discard: 'new',
      deny_delete: true,
      retention: 'limits',
      duplicate_window: 120_000_000_000,
      max_age: 7 * 86_400_000_000_000,
    });
    const outbound = await messaging.connection.jetStream.streams.info('OUTBOUND');
    expect(outbound.config.retention).toBe('workqueue');
    await expect(messaging.connection.jetStream.streams.deleteMessage('EVENTS', 1)).rejects.toThrow();
  });

  it('take a changed limit without losing what they hold', async () => {
    const before = await streamFacts(messaging, 'INBOUND');
    await ensureStreams(messaging, { maxBytes: { INBOUND: 1024 * 1024 } });
    const { config } = await messaging.connection.jetStream.streams.info('INBOUND');
    expect(config.max_bytes).toBe(1024 * 1024);
    expect((await streamFacts(messaging, 'INBOUND'))?.created).toBe(before?.created);
  });

  it('fail loudly when the server cannot keep as many copies as asked', async () => {
    await expect(ensureStreams(messaging, { replicas: 3 })).rejects.toThrow('replicas');
  });
});
