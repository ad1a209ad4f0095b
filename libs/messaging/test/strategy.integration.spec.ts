import { type Envelope, UserError, defineRequest } from '@conversations/contracts';
import { eventually } from '@conversations/testing';
import { Controller, type INestMicroservice, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { z } from 'zod';
import {
  ensureStreams,
  JetStreamStrategy,
  type LaneStore,
  type Messaging,
  OnBatch,
  OnEvent,
  OnRequest,
  PermanentError,
  UpstreamUnavailable,
} from '../src/index';
import type { LaneBatch } from '../src/index';
import { Broker, StepReceived, StepTaken } from './broker';
import { deadLetters } from './dead-letters';

const Add = defineRequest('sums', 'add.v1', {
  summary: 'Adds to the sum of this process.',
  input: z.object({ n: z.number() }),
  output: z.object({ sum: z.number() }),
});
const Refuse = defineRequest('sums', 'refuse.v1', {
  summary: 'Says no.',
  input: z.object({}),
  output: z.object({}),
});
const Slow = defineRequest('sums', 'slow.v1', {
  summary: 'Answers when it is told to.',
  input: z.object({}),
  output: z.object({ slept: z.boolean() }),
});

interface Step {
  key: string;
  n: number;
}

@Injectable()
class Sum {
  total = 0;
  readonly events: { data: Step; envelope: Envelope<Step> }[] = [];
  readonly batches: LaneBatch<string>[] = [];
  slowStarted = false;
  wake: () => void = () => undefined;

  add(n: number): number {
    this.total += n;
    return this.total;
  }
}

@Controller()
class SumController {
  constructor(private readonly sum: Sum) {}

  @OnRequest(Add)
  add({ n }: { n: number }) {
    return { sum: this.sum.add(n) };
  }

  @OnRequest(Refuse)
  refuse(): Promise<Record<string, never>> {
    throw new UserError('NOT_FOUND', 'There is no such sum', { details: { looked: 'everywhere' } });
  }

  @OnRequest(Slow)
  async slow() {
    this.sum.slowStarted = true;
    await new Promise<void>((resolve) => (this.sum.wake = resolve));
    return { slept: true };
  }

  @OnEvent(StepTaken, { durable: 'sums-steps', backoffMs: [30, 60] })
  step(data: Step, envelope: Envelope<Step>): void {
    this.sum.events.push({ data, envelope });
    const tries = this.sum.events.filter((event) => event.data.n === data.n).length;
    if (data.key === 'retry' && tries < 3) throw new Error('not yet');
    if (data.key === 'permanent') throw new PermanentError('never');
  }

  @OnBatch<string>('INBOUND', { lanes: 2 })
  async batch(batch: LaneBatch<string>): Promise<void> {
    this.sum.batches.push(batch);
    await Promise.resolve();
  }
}

@Module({ controllers: [SumController], providers: [Sum] })
class SumModule {}

/** Positions in memory, for one process: the strategy is tried here, the lanes in their own file. */
const laneStore = (): LaneStore<string> => {
  const positions = new Map<number, { streamCreated: string | null; position: number }>();
  return {
    openHolder: () => ({
      tryAcquire: () => Promise.resolve(true),
      release: () => Promise.resolve(),
      close: () => Promise.resolve(),
    }),
    load: (lane) => Promise.resolve(positions.get(lane) ?? { streamCreated: null, position: 0 }),
    transact: async (moves, work) => {
      const result = await work(`transaction of lanes ${moves.map(({ lane }) => lane).join()}`);
      for (const { lane, next } of moves) positions.set(lane, next);
      return result;
    },
  };
};

describe('a Nest service over JetStream', () => {
  let broker: Broker;
  let asker: Messaging;
  let service: Messaging;
  let app: INestMicroservice;
  let sum: Sum;

  beforeAll(async () => {
    broker = await Broker.start();
    [asker, service] = [await broker.connect('asker'), await broker.connect('sums')];
    await ensureStreams(asker);
    app = await NestFactory.createMicroservice<MicroserviceOptions>(SumModule, {
      strategy: new JetStreamStrategy({ messaging: service, service: 'sums', laneStore: laneStore() }),
      logger: false,
    });
    await app.listen();
    await service.connection.nats.flush();
    sum = app.get(Sum);
  });
  afterAll(async () => {
    await app.close();
    await broker.stop();
  });

  it('answers requests by its controller’s methods', async () => {
    expect(await asker.request(Add, { n: 2 })).toEqual({ sum: 2 });
    expect(await asker.request(Add, { n: 3 })).toEqual({ sum: 5 });
  });

  it('lets a named error through to the asker as it was thrown', async () => {
    const error: unknown = await asker.request(Refuse, {}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'UserError',
      code: 'NOT_FOUND',
      message: 'There is no such sum',
      options: { details: { looked: 'everywhere' } },
    });
  });

  it('hands an event’s data and envelope to its method', async () => {
    await asker.publish(StepTaken, 'cnv_1', { key: 'plain', n: 1 }, { sequence: 7, actor: 'agent:1' });
    await eventually(() => expect(sum.events).toHaveLength(1));
    expect(sum.events[0]).toMatchObject({
      data: { key: 'plain', n: 1 },
      envelope: { subject: 'cnv_1', sequence: 7, actor: 'agent:1', type: StepTaken.type },
    });
  });

  it('retries a method that throws, and buries what it says is permanent', async () => {
    sum.events.length = 0;
    await asker.publish(StepTaken, 'cnv_1', { key: 'retry', n: 2 });
    await asker.publish(StepTaken, 'cnv_1', { key: 'permanent', n: 3 });
    await eventually(() => expect(sum.events.map(({ data }) => data.n)).toEqual([2, 2, 2, 3]));
    const letters = await deadLetters(asker, 'sums-steps');
    expect(letters).toEqual([expect.objectContaining({ reason: 'never', attempts: 1 })]);
  });

  it('hands a batch with its transaction to its method', async () => {
    await asker.publish(StepReceived, 'visitor:1', { key: 'k', n: 1 });
    await eventually(() => expect(sum.batches).toHaveLength(1));
    const [batch] = sum.batches;
    expect(batch?.messages.map(({ envelope }) => envelope.data)).toEqual([{ key: 'k', n: 1 }]);
    expect(batch?.tx).toMatch(/^transaction of lanes \d/);
  });

  it('finishes what is in work when it is drained, and takes nothing more', async () => {
    const other = await broker.connect('late');
    const slow = asker.request(Slow, {}, { timeoutMs: 20_000 });
    await eventually(() => expect(sum.slowStarted).toBe(true));
    await app.close();
    const draining = service.drain();
    await eventually(async () => {
      const refused: unknown = await other.request(Add, { n: 1 }).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(UpstreamUnavailable);
    });
    sum.wake();
    expect(await slow).toEqual({ slept: true });
    await draining;
    expect(service.isConnected).toBe(false);
  });
});
