import { eventually, freePort } from '@conversations/testing';
import { v7 as uuidv7 } from 'uuid';
import { composeMessage, ensureStreams, Messaging, PublishTimeout, streamFacts } from '../src/index';
import { Broker, StepReceived, StepTaken, Told } from './broker';

describe('publishing', () => {
  let broker: Broker;
  let messaging: Messaging;

  beforeAll(async () => {
    broker = await Broker.start();
    messaging = await broker.connect();
    await ensureStreams(messaging);
  });
  afterAll(() => broker.stop());

  it('resolves with the place in the stream that the broker confirmed', async () => {
    const before = await streamFacts(messaging, 'INBOUND');
    const first = await messaging.publish(StepReceived, 'a', { key: 'a', n: 1 });
    const second = await messaging.publish(StepReceived, 'a', { key: 'a', n: 2 });
    expect(first).toEqual({ sequence: (before?.lastSequence ?? 0) + 1, duplicate: false });
    expect(second).toEqual({ sequence: first.sequence + 1, duplicate: false });
  });

  it('stores a message that is published twice with one id only once', async () => {
    const id = uuidv7();
    const first = await messaging.publish(StepReceived, 'a', { key: 'a', n: 1 }, { id });
    const again = await messaging.publish(StepReceived, 'a', { key: 'a', n: 1 }, { id });
    expect(again).toEqual({ sequence: first.sequence, duplicate: true });
  });

  it('refuses data that its contract does not allow before anything is sent', async () => {
    const before = await streamFacts(messaging, 'INBOUND');
    await expect(messaging.publish(StepReceived, 'a', { key: 'a', n: 0.5 })).rejects.toThrow('expected int');
    expect(await streamFacts(messaging, 'INBOUND')).toEqual(before);
  });

  it('stores a thousand messages of parallel calls in the order of the calls', async () => {
    const acks = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) => messaging.publish(StepReceived, 'b', { key: 'b', n })),
    );
    const first = acks[0]?.sequence ?? 0;
    expect(acks.map(({ sequence }) => sequence)).toEqual(acks.map((_, n) => first + n));
  });

  it('stores the rows of an outbox in their order', async () => {
    const rows = Array.from({ length: 300 }, (_, n) => composeMessage(StepTaken, 'cnv_1', { key: 'c', n }));
    const acks = await messaging.publishStored(rows);
    expect(acks.map(({ sequence }) => sequence)).toEqual(rows.map((_, n) => (acks[0]?.sequence ?? 0) + n));
  });

  it('rejects the rows of an outbox when the broker goes away in between, and repeating them stores each once', async () => {
    const rows = Array.from({ length: 2_000 }, (_, n) => composeMessage(StepTaken, 'cnv_2', { key: 'd', n }));
    const before = (await streamFacts(messaging, 'EVENTS'))?.lastSequence ?? 0;
    const publishing = messaging.publishStored(rows);
    const failing = expect(publishing).rejects.toThrow('no answer: disconnected');
    await broker.server.kill();
    await failing;
    await broker.server.restart();
    await eventually(async () => {
      await messaging.publishStored(rows);
    });
    expect((await streamFacts(messaging, 'EVENTS'))?.lastSequence).toBe(before + rows.length);
  });

  it('goes on with publishing when the broker is killed and started again, and stores each message once', async () => {
    const before = (await streamFacts(messaging, 'INBOUND'))?.lastSequence ?? 0;
    const sent: number[] = [];
    const writing = (async () => {
      for (let n = 0; n < 400; n += 1) {
        await messaging.publish(StepReceived, 'e', { key: 'e', n });
        sent.push(n);
      }
    })();
    await eventually(() => expect(sent.length).toBeGreaterThan(50), { everyMs: 1 });
    await broker.server.kill();
    await broker.server.restart();
    await writing;
    expect((await streamFacts(messaging, 'INBOUND'))?.lastSequence).toBe(before + 400);
  });

  it('gives up at its deadline while the broker is away', async () => {
    await broker.server.kill();
    await eventually(() => expect(messaging.isConnected).toBe(false));
    const publishing = messaging.publish(StepReceived, 'f', { key: 'f', n: 1 }, { deadlineMs: 300 });
    await expect(publishing).rejects.toBeInstanceOf(PublishTimeout);
    await broker.server.restart();
    await eventually(() => expect(messaging.isConnected).toBe(true));
  });

  it('waits for a stream that is missing and stores the message once it is there', async () => {
    await broker.server.wipe();
    await broker.server.restart();
    const publishing = messaging.publish(StepReceived, 'g', { key: 'g', n: 1 });
    await eventually(async () => expect(await streamFacts(messaging, 'INBOUND')).toBeNull());
    await ensureStreams(messaging);
    expect(await publishing).toEqual({ sequence: 1, duplicate: false });
  });

  it('tells when the first connection is not made in time', async () => {
    const nobody = `nats://127.0.0.1:${await freePort()}`;
    const connecting = Messaging.connect({ servers: nobody, name: 'test', log: new Told(), firstConnectMs: 300 });
    await expect(connecting).rejects.toThrow('The broker cannot be reached');
  });
});
