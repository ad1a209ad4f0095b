import '../src/telemetry';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { CommonSettings, runService } from '../src/index';

/** A service that a test starts as a process of its own and steers by requests to the port that it logs. */
void runService({
  name: 'sample',
  settings: z.object({ ...CommonSettings, SAMPLE_SECRET: z.string().min(32), SAMPLE_FAILS: z.string().optional() }),
  start: async ({ settings, log, health, metrics, onStop }) => {
    if (settings.SAMPLE_FAILS) throw new Error('the sample cannot start');
    let broker = 'up';
    let releaseStop = () => undefined as void;
    health.addReadiness('broker', () =>
      broker === 'up' ? Promise.resolve() : Promise.reject(new Error('broker is away')),
    );
    metrics.counter('conversations_messages_total').inc({ channel: 'chat', direction: 'in', outcome: 'stored' });
    const server = createServer((request, response) => {
      log.info({ path: request.url }, 'sample.request');
      if (request.url === '/broker-down') broker = 'down';
      if (request.url === '/release') releaseStop();
      if (request.url === '/throw')
        setImmediate(() => {
          throw new Error('nobody catches this');
        });
      response.end('done');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onStop('first', () => log.info({}, 'stopped.first'));
    onStop('hanging', () => new Promise(() => undefined), { timeoutMs: 50 });
    onStop(
      'held',
      () =>
        new Promise<void>((resolve) => {
          releaseStop = resolve;
        }),
    );
    onStop('last', () => log.info({}, 'stopped.last'));
    log.info({ port: (server.address() as AddressInfo).port }, 'sample.listening');
  },
});
