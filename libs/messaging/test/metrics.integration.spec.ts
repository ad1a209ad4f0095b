import { defineRequest, UserError } from '@conversations/contracts';
import { Metrics } from '@conversations/runtime';
import { eventually } from '@conversations/testing';
import { z } from 'zod';
import { handleEvents } from '../src/handle-events';
import { ensureStreams, type Messaging, PermanentError } from '../src/index';
import { Broker, StepTaken, Told } from './broker';

const End = defineRequest('test', 'end.v1', {
  summary: 'Ends as told.',
  input: z.object({ how: z.enum(['answer', 'refuse', 'fail', 'never']) }),
  output: z.object({}),
});
const Nobody = defineRequest('absent', 'hear.v1', {
  summary: 'Has no server.',
  input: z.object({}),
  output: z.object({}),
});

let broker: Broker;
let messaging: Messaging;
let release: () => void;
const metrics = new Metrics('test');

beforeAll(async () => {
  broker = await Broker.start();
  messaging = await broker.connect('counted', new Told(), metrics);
  const released = new Promise<void>((resolve) => (release = resolve));
  messaging.serve(
    End,
    async ({ how }) => {
      if (how === 'refuse') throw new UserError('NOT_FOUND', 'There is none');
      if (how === 'fail') throw new Error('broken');
      if (how === 'never') await released;
      return {};
    },
    { queue: 'test' },
  );
});
afterAll(async () => {
  release();
  await broker.stop();
});

const series = async (name: string) => (await metrics.text()).split('\n').filter((line) => line.startsWith(name));

it('requests are counted by subject and by how they ended', async () => {
  await messaging.request(End, { how: 'answer' });
  await messaging.request(End, { how: 'answer' });
  for (const how of ['refuse', 'fail'] as const) await expect(messaging.request(End, { how })).rejects.toThrow();
  await expect(messaging.request(End, { how: 'never' }, { timeoutMs: 100 })).rejects.toThrow();
  await expect(messaging.request(Nobody, {})).rejects.toThrow('absent is not available');
  const of = (subject: string, outcome: string, count: number) =>
    `conversations_requests_total{subject="${subject}",outcome="${outcome}",service="test"} ${String(count)}`;
  expect(await series('conversations_requests_total')).toEqual([
    of('rpc.test.end.v1', 'answered', 2),
    of('rpc.test.end.v1', 'refused', 1),
    of('rpc.test.end.v1', 'failed', 1),
    of('rpc.test.end.v1', 'timeout', 1),
    of('rpc.absent.hear.v1', 'unavailable', 1),
  ]);
});

it('dead letters are counted, from 0 on', async () => {
  expect(await series('conversations_dead_letters_total')).toEqual([
    'conversations_dead_letters_total{service="test"} 0',
  ]);
  await ensureStreams(messaging);
  handleEvents({
    messaging,
    contract: StepTaken,
    durable: 'counted',
    handle: () => {
      throw new PermanentError('nobody can take this step');
    },
  });
  await messaging.publish(StepTaken, 'a', { key: 'a', n: 1 });
  await eventually(async () =>
    expect(await series('conversations_dead_letters_total')).toEqual([
      'conversations_dead_letters_total{service="test"} 1',
    ]),
  );
});
