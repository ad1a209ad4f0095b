import { defineRequest, UserError } from '@conversations/contracts';
import { eventually } from '@conversations/testing';
import { z } from 'zod';
import { type Messaging, RemoteError, UpstreamTimeout, UpstreamUnavailable } from '../src/index';
import { Broker, Told } from './broker';

const Double = defineRequest('test', 'double.v1', {
  summary: 'Doubles a number.',
  input: z.object({ n: z.number().int() }),
  output: z.object({ doubled: z.number() }),
});
const Fail = defineRequest('test', 'fail.v1', {
  summary: 'Fails as told.',
  input: z.object({ how: z.enum(['user', 'own', 'never']) }),
  output: z.object({}),
});
const Nobody = defineRequest('absent', 'ask.v1', {
  summary: 'Has no server.',
  input: z.object({}),
  output: z.object({}),
});

describe('requests', () => {
  let broker: Broker;
  let asker: Messaging;
  let servers: Messaging[];
  const told = new Told();
  const answeredBy: number[] = [];
  const silent: (() => void)[] = [];

  beforeAll(async () => {
    broker = await Broker.start();
    asker = await broker.connect('asker');
    servers = [await broker.connect('first', told), await broker.connect('second', told)];
    for (const [index, server] of servers.entries()) {
      server.serve(
        Double,
        ({ n }) => {
          answeredBy.push(index);
          return { doubled: n * 2 };
        },
        { queue: 'test' },
      );
      server.serve(
        Fail,
        ({ how }) => {
          if (how === 'user')
            throw new UserError('IDEMPOTENCY_CONFLICT', 'Another text has this id', {
              path: ['clientMessageId'],
              details: { existingMessageId: 'msg_1' },
            });
          if (how === 'own') throw new Error('the secret of the database');
          return new Promise((resolve) => silent.push(() => resolve({})));
        },
        { queue: 'test' },
      );
    }
    // A subscription is sure to stand when a request of the same connection came back.
    for (const server of servers) await server.request(Double, { n: 1 });
  });
  afterAll(async () => {
    for (const answer of silent) answer();
    await broker.stop();
  });

  it('are answered once, by any replica', async () => {
    answeredBy.length = 0;
    const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => asker.request(Double, { n })));
    expect(answers.map(({ doubled }) => doubled)).toEqual(Array.from({ length: 100 }, (_, n) => n * 2));
    expect(answeredBy).toHaveLength(100);
    expect(new Set(answeredBy)).toEqual(new Set([0, 1]));
  });

  it('are counted by the process that asks', async () => {
    const before = asker.requestCount;
    await asker.request(Double, { n: 1 });
    expect(asker.requestCount).toBe(before + 1);
  });

  it('throw the named error of the use case with its path and details', async () => {
    const error: unknown = await asker.request(Fail, { how: 'user' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
      message: 'Another text has this id',
      options: { path: ['clientMessageId'], details: { existingMessageId: 'msg_1' } },
    });
  });

  it('hide the words of an error that is the service’s own, which stand in its log', async () => {
    const error: unknown = await asker.request(Fail, { how: 'own' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RemoteError);
    expect(error).toMatchObject({ service: 'test', code: 'INTERNAL', message: 'The service failed' });
    expect(told.events()).toContain('request.failed');
  });

  it('with input that the contract does not allow come back as INVALID_INPUT with the field', async () => {
    const error: unknown = await asker.request(Double, { n: 0.5 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'UserError', code: 'INVALID_INPUT', options: { path: ['n'] } });
  });

  it('fail at once when no replica of the service runs', async () => {
    const asked = performance.now();
    await expect(asker.request(Nobody, {})).rejects.toBeInstanceOf(UpstreamUnavailable);
    expect(performance.now() - asked).toBeLessThan(5_000);
  });

  it('fail at their deadline when the service does not answer', async () => {
    const asked = performance.now();
    await expect(asker.request(Fail, { how: 'never' }, { timeoutMs: 200 })).rejects.toBeInstanceOf(UpstreamTimeout);
    expect(performance.now() - asked).toBeGreaterThanOrEqual(195);
    expect(performance.now() - asked).toBeLessThan(5_000);
  });

  it('fail at once when the broker goes, and are answered again when it is back', async () => {
    const waiting = asker.request(Fail, { how: 'never' }, { timeoutMs: 20_000 });
    const failing = expect(waiting).rejects.toBeInstanceOf(UpstreamUnavailable);
    await broker.server.kill();
    await failing;
    await broker.server.restart();
    await eventually(async () => expect(await asker.request(Double, { n: 4 })).toEqual({ doubled: 8 }));
  });
});
