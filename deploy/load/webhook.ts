/**
 * `npm run bench:webhook -- [--json]`: how long the webhook takes to answer, with everything committed, at 100 deliveries a
 * second. Open loop: a delivery goes out when it is due, whatever the others take.
 */
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { startMessengerStack } from '@conversations/testing';

const RATE = 100;
const WARM_SECONDS = 5;
const SECONDS = 20;
const PEOPLE = 200;
const json = process.argv.includes('--json');

/** Meta keeps its connections. */
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Milliseconds until the answer, and its status. */
function deliver(url: string, body: Buffer, secret: string): Promise<{ ms: number; status: number }> {
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-hub-signature-256': signature,
  };
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => resolve({ ms: performance.now() - begun, status: response.statusCode ?? 0 }));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

async function main(): Promise<void> {
  const { stack, page, app, stop } = await startMessengerStack({ durable: true, env: { LOG_LEVEL: 'warn' } });
  try {
    const url = stack.webhookUrls[0] ?? '';
    let count = 0;
    const next = () => {
      count += 1;
      const item = {
        sender: { id: String(10_000 + (count % PEOPLE)) },
        recipient: { id: page.id },
        timestamp: Date.now(),
        message: { mid: `m_bench_${count}`, text: `Message ${count}` },
      };
      return Buffer.from(
        JSON.stringify({ object: 'page', entry: [{ id: page.id, time: Date.now(), messaging: [item] }] }),
      );
    };
    const run = async (seconds: number) => {
      const answers: Promise<{ ms: number; status: number }>[] = [];
      const begun = performance.now();
      while (answers.length < RATE * seconds) {
        const due = Math.min(RATE * seconds, Math.floor(((performance.now() - begun) / 1_000) * RATE) + 1);
        while (answers.length < due) answers.push(deliver(url, next(), app.secret));
        await delay(2);
      }
      return Promise.all(answers);
    };
    await run(WARM_SECONDS);
    const answers = await run(SECONDS);
    const sorted = answers.map(({ ms }) => ms).sort((a, b) => a - b);
    const at = (share: number) => Number((sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(1));
    const figure = {
      figure: `webhook answer at ${RATE} deliveries/s`,
      unit: 'ms',
      p50: at(0.5),
      p99: at(0.99),
      longest: at(0.9999),
      goal: 'p99 < 300',
      refused: answers.filter(({ status }) => status !== 200).length,
      deliveries: answers.length,
      load: loadavg().map((load) => Number(load.toFixed(2))),
    };
    process.stdout.write(
      json
        ? `${JSON.stringify(figure)}\n`
        : `${figure.figure}: p50 ${figure.p50} ms, p99 ${figure.p99} ms, longest ${figure.longest} ms, ${figure.refused} of ${figure.deliveries} refused (goal: ${figure.goal} ms; load ${figure.load.join(' ')})\n`,
    );
  } finally {
    agent.destroy();
    await stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
