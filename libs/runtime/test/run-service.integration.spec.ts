import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@conversations/testing';
import { build } from 'esbuild';
import { findRepositoryRoot } from '../src/index';

type Line = Record<string, unknown> & { event: string };

const folder = mkdtempSync(join(tmpdir(), 'conversations-runtime-'));
const program = join(folder, 'sample-service.cjs');
const SECRET = 's'.repeat(40);
const running: ChildProcess[] = [];

beforeAll(async () => {
  await build({
    entryPoints: [join(__dirname, 'sample-service.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    logLevel: 'silent',
  });
});
afterEach(() => running.splice(0).forEach((child) => child.kill('SIGKILL')));
afterAll(() => rmSync(folder, { recursive: true }));

function launch(env: Record<string, string>) {
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env['PATH'], NODE_PATH: join(findRepositoryRoot(), 'node_modules'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let text = '';
  child.stdout.on('data', (bytes: Buffer) => (text += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (text += bytes.toString()));
  const lines = () =>
    text
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Line);
  const line = (event: string) =>
    eventually(() => {
      const found = lines().find((each) => each.event === event);
      if (!found) throw new Error(`no line ${event} in:\n${text}`);
      return found;
    });
  // Not 'exit': the last lines may still be on their way then.
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const ask = async (event: string, path: string) => {
    const { port } = await line(event);
    const response = await fetch(`http://127.0.0.1:${String(port)}${path}`);
    return { status: response.status, body: await response.text() };
  };
  return {
    child,
    exited,
    lines,
    line,
    text: () => text,
    management: (path: string) => ask('management.listening', path),
    work: (path: string) => ask('sample.listening', path),
  };
}

test('readiness tells which check fails while the process stays alive', async () => {
  const service = launch({ SAMPLE_SECRET: SECRET });
  await service.line('service.started');
  expect(await service.management('/readyz')).toEqual({
    status: 200,
    body: JSON.stringify({ ready: true, draining: false, checks: { started: 'ok', broker: 'ok' } }),
  });
  await service.work('/broker-down');
  expect(await service.management('/readyz')).toEqual({
    status: 503,
    body: JSON.stringify({ ready: false, draining: false, checks: { started: 'ok', broker: 'broker is away' } }),
  });
  expect((await service.management('/livez')).status).toBe(200);
  expect((await service.management('/else')).status).toBe(404);
});

test('a stop signal turns readiness off, ends what was begun in reverse and within its limits, and exits with 0', async () => {
  const service = launch({ SAMPLE_SECRET: SECRET });
  await service.line('service.started');
  service.child.kill('SIGTERM');
  await service.line('stopped.last');
  const draining = await service.management('/readyz');
  expect(draining.status).toBe(503);
  expect(JSON.parse(draining.body)).toMatchObject({ ready: false, draining: true });
  expect((await service.management('/livez')).status).toBe(200);
  await service.work('/release');
  expect(await service.exited).toBe(0);
  const events = service.lines().map(({ event }) => event);
  expect(events.filter((event) => /^stop|^service\.stopp/.test(event))).toEqual([
    'service.stopping',
    'stopped.last',
    'stop.timed-out',
    'stopped.first',
    'service.stopped',
  ]);
});

test('the series of the product and of the event loop are in the metrics', async () => {
  const service = launch({ SAMPLE_SECRET: SECRET });
  await service.line('service.started');
  const { body } = await service.management('/metrics');
  expect(body).toContain(
    'conversations_messages_total{channel="chat",direction="in",outcome="stored",service="sample"} 1',
  );
  expect(body).toMatch(/^nodejs_eventloop_lag_p99_seconds\{service="sample"\} [\d.e-]+$/m);
  expect(body).toMatch(/^process_resident_memory_bytes\{service="sample"\} \d+$/m);
});

test('wrong settings end the start with 1, the names of the variables and the rules, and no value', async () => {
  const service = launch({ SAMPLE_SECRET: 'hunter2', MANAGEMENT_PORT: 'hunter2' });
  expect(await service.exited).toBe(1);
  expect(service.lines()).toEqual([
    expect.objectContaining({
      level: 'fatal',
      event: 'settings.invalid',
      problems: [
        expect.objectContaining({ variable: 'MANAGEMENT_PORT' }),
        expect.objectContaining({ variable: 'SAMPLE_SECRET', rule: expect.stringContaining('32') as unknown }),
      ],
    }),
  ]);
  expect(service.text()).not.toContain('hunter2');
});

test('a start that fails and an error that nobody catches end the process with 1 and say why', async () => {
  const failing = launch({ SAMPLE_SECRET: SECRET, SAMPLE_FAILS: 'yes' });
  expect(await failing.exited).toBe(1);
  expect(await failing.line('service.start-failed')).toMatchObject({ err: { message: 'the sample cannot start' } });

  const throwing = launch({ SAMPLE_SECRET: SECRET });
  await throwing.work('/throw');
  expect(await throwing.exited).toBe(1);
  expect(await throwing.line('process.uncaught-exception')).toMatchObject({ err: { message: 'nobody catches this' } });
});

test('with an endpoint set, requests become exported spans and log lines carry their trace', async () => {
  const received: Buffer[] = [];
  const collector = createServer((request, response) => {
    request.on('data', (bytes: Buffer) => received.push(bytes));
    request.on('end', () => response.end('{}'));
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  const service = launch({
    SAMPLE_SECRET: SECRET,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_SERVICE_NAME: 'sample-under-test',
  });
  await service.line('service.started');
  await service.work('/');
  expect((await service.line('sample.request'))['trace_id']).toMatch(/^[0-9a-f]{32}$/);
  service.child.kill('SIGTERM');
  await service.line('stopped.last');
  await service.work('/release');
  expect(await service.exited).toBe(0);
  await eventually(() => expect(Buffer.concat(received).toString('latin1')).toContain('sample-under-test'));
  collector.close();
});
