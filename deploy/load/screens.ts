/**
 * `npm run bench:screens -- [--json] [--short]`: what an agent feels, measured in Chromium on a whole stack with 10,000
 * conversations and 50 messages a second. Figures of one machine: each stands beside its target and the machine's load.
 */
import { cpus, loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { type Stack, startBrowser, startStack } from '@conversations/testing';
import type { CDPSession, Page } from 'playwright-core';
import { seedConversations } from './many-conversations';
import { startTraffic } from './traffic';

const json = process.argv.includes('--json');
const short = process.argv.includes('--short');
const CONVERSATIONS = 10_000;
const EVENTS_PER_SECOND = 50;
const SECONDS = short ? 5 : 20;
/** Of opening the loaded threads, and of scrolling through the whole list. */
const ROUNDS = short ? 1 : 3;
const OPENED_THREADS = short ? 300 : 5_000;
/** Opened, then opened again: fewer than the page keeps (30), or the second time they would be loaded anew. */
const SAMPLE = short ? 10 : 20;

const percentile = (values: number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

function report(figure: string, value: number, unit: string, target: string): void {
  const rounded = Number(value.toFixed(1));
  if (json) process.stdout.write(`${JSON.stringify({ figure, value: rounded, unit, target })}\n`);
  else process.stdout.write(`${figure.padEnd(46)} ${String(rounded).padStart(8)} ${unit.padEnd(4)} target ${target}\n`);
}

/** What the page notes about itself from its first moment on. */
interface Notes {
  readyAt: number;
  handlers: number[];
  shown: number[];
}
declare global {
  interface Window {
    notes: Notes;
  }
}

/** Runs in the page: handlers of keys, the first row, and when marked messages are painted. */
function takeNotes(): void {
  const notes: Notes = { readyAt: 0, handlers: [], shown: [] };
  window.notes = notes;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as PerformanceEventTiming[])
      if (entry.name === 'keydown' || entry.name === 'input')
        notes.handlers.push(entry.processingEnd - entry.processingStart);
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  const seen = new Set<string>();
  new MutationObserver((changes) => {
    if (notes.readyAt === 0 && document.querySelector('a[data-conversation]') !== null) {
      requestAnimationFrame(() => (notes.readyAt ||= performance.now()));
    }
    for (const { target, addedNodes } of changes) {
      for (const node of [target, ...addedNodes]) {
        for (const [mark, sent] of (node.textContent ?? '').matchAll(/sent-(\d{13})-[0-9a-z]+/g)) {
          if (seen.has(mark)) continue;
          seen.add(mark);
          requestAnimationFrame(() => notes.shown.push(Date.now() - Number(sent)));
        }
      }
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

/**
 * Milliseconds from a change of the address until the thread's text stands in the document. How soon it is drawn then is the browser's
 * matter: a headless one on busy cores takes its time for any frame, see `emptyFrame`.
 */
function openThread(page: Page, id: string): Promise<number> {
  return page.evaluate((conversationId) => {
    const words = `Question number ${String(Number.parseInt(conversationId.slice(4), 16))}`;
    const begun = performance.now();
    return new Promise<number>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${conversationId} was not shown`)), 10_000);
      const watching = new MutationObserver(() => {
        if (document.querySelector('[role=log]')?.textContent.includes(words) !== true) return;
        watching.disconnect();
        clearTimeout(late);
        resolve(performance.now() - begun);
      });
      watching.observe(document, { subtree: true, childList: true, characterData: true });
      history.pushState(null, '', `/inbox/${conversationId}`);
    });
  }, id);
}

/** Milliseconds that a frame takes in which nothing happens. */
function emptyFrame(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    const begun = performance.now();
    await frame();
    return performance.now() - begun;
  });
}

/** CPU milliseconds of the page's thread until an opened thread is drawn. */
async function costOfOpening(session: CDPSession, page: Page, id: string): Promise<number> {
  const spent = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000;
  };
  const before = await spent();
  await openThread(page, id);
  await emptyFrame(page);
  return (await spent()) - before;
}

interface TraceEvent {
  ph: string;
  name: string;
  pid: number;
  tid: number;
  args: { name?: string };
  /** CPU time of the event's thread, in microseconds. */
  tdur?: number;
}

/**
 * CPU milliseconds of the longest task of a page's thread while `work` runs. Not by the clock: that counts whoever else is on the
 * machine's cores.
 */
async function longestTask(session: CDPSession, work: () => Promise<void>): Promise<number> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }) => events.push(...(value as TraceEvent[]));
  session.on('Tracing.dataCollected', collect);
  const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'], excludedCategories: ['*'] },
  });
  await work();
  await session.send('Tracing.end');
  await complete;
  session.off('Tracing.dataCollected', collect);
  const thread = ({ pid, tid }: TraceEvent) => `${pid}:${tid}`;
  const pages = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(thread),
  );
  const tasks = events.filter(
    (event) => event.ph === 'X' && event.name.endsWith('RunTask') && pages.has(thread(event)),
  );
  if (tasks.length === 0) throw new Error('the browser traced no task');
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1_000;
}

async function heapMegabytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1_048_576;
}

const seededId = (n: number) => `cnv_${n.toString(16).padStart(32, '0')}`;

async function measure(stack: Stack): Promise<void> {
  await seedConversations(stack, CONVERSATIONS);
  const agent = await stack.signIn('amelie');
  const browser = await startBrowser();
  try {
    const context = await browser.newContext({
      baseURL: stack.installation.publicOrigin,
      viewport: { width: 1440, height: 900 },
    });
    const [name = '', value = ''] = agent.cookie.split('=');
    await context.addCookies([{ name, value, url: stack.installation.publicOrigin }]);
    const page = await context.newPage();
    await page.addInitScript(takeNotes);
    const session = await context.newCDPSession(page);
    const notes = () => page.evaluate(() => window.notes);
    const forget = () =>
      page.evaluate(() => {
        for (const list of [window.notes.handlers, window.notes.shown]) list.length = 0;
      });

    const ready: number[] = [];
    for (let load = 0; load < (short ? 3 : 7); load += 1) {
      await page.goto('/inbox');
      await page.waitForFunction(() => window.notes.readyAt > 0);
      ready.push((await notes()).readyAt);
    }
    report('ready, median of loads', percentile(ready, 0.5), 'ms', '≤ 1500');

    const uncached: number[] = [];
    const cached: number[] = [];
    const sample = Array.from({ length: SAMPLE }, (_, i) => seededId(CONVERSATIONS - 20 - i * 3));
    for (const id of sample) uncached.push(await openThread(page, id));
    for (let round = 0; round < ROUNDS; round += 1) for (const id of sample) cached.push(await openThread(page, id));
    const costs: number[] = [];
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    for (let round = 0; round < ROUNDS; round += 1)
      for (const id of sample) costs.push(await costOfOpening(session, page, id));
    await session.send('Performance.disable');
    report('open a thread that was not loaded, median', percentile(uncached, 0.5), 'ms', '≤ 250');
    report('open a thread that was not loaded, p95', percentile(uncached, 0.95), 'ms', '');
    report('open a loaded thread, median', percentile(cached, 0.5), 'ms', '≤ 50');
    report('open a loaded thread, p95', percentile(cached, 0.95), 'ms', '');
    report('open a loaded thread and draw it, CPU, p95', percentile(costs, 0.95), 'ms', '≤ 50');
    const frames: number[] = [];
    for (let n = 0; n < costs.length; n += 1) frames.push(await emptyFrame(page));
    report('an empty frame, p95', percentile(frames, 0.95), 'ms', '(what drawing costs here)');

    const longest: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await page.goto('/inbox');
      await page.locator('a[data-conversation]').first().hover();
      const scroll = async () => {
        for (let turn = 0; turn < (short ? 100 : 600); turn += 1) {
          await page.mouse.wheel(0, 900);
          await delay(25);
        }
      };
      longest.push(await longestTask(session, scroll));
    }
    const rows = await page.locator('a[data-conversation]').count();
    report('rows in the document while scrolling', rows, '', 'few');
    report(`longest task while scrolling, CPU, median of ${ROUNDS}`, percentile(longest, 0.5), 'ms', '≤ 50');
    report(`longest task while scrolling, CPU, worst of ${ROUNDS}`, Math.max(...longest), 'ms', '');

    await page.goto(`/inbox/${seededId(CONVERSATIONS - 1)}`);
    const field = page.locator('[data-pane=composer] textarea');
    await field.waitFor();
    const traffic = await startTraffic(stack, EVENTS_PER_SECOND);
    await delay(2_000);
    await page.mouse.move(900, 300);
    await forget();
    const until = Date.now() + SECONDS * 1_000;
    await field.focus();
    while (Date.now() < until) await page.keyboard.type('typing while fifty events arrive each second ', { delay: 40 });
    const busy = await notes();
    const bubble = await page.evaluate(async () => {
      const log = document.querySelector('[role=log]');
      const before = log?.querySelectorAll('article').length ?? 0;
      const begun = performance.now();
      const key = { key: 'Enter', code: 'Enter', ctrlKey: true, bubbles: true, cancelable: true };
      document.querySelector('[data-pane=composer] textarea')?.dispatchEvent(new KeyboardEvent('keydown', key));
      while ((log?.querySelectorAll('article').length ?? 0) === before) {
        if (performance.now() - begun > 5_000) throw new Error('no bubble');
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return performance.now() - begun;
    });
    const sent = await traffic.stop();
    // Handlers of events that were painted within 16 ms are not reported by the browser: they were faster.
    report('keystroke handler, p95 of the slow ones', percentile([...busy.handlers, 0], 0.95), 'ms', '≤ 16');
    report('send → bubble', bubble, 'ms', '≤ 50');
    report('written → on the screen, p50', percentile(busy.shown, 0.5), 'ms', '');
    report('written → on the screen, p95', percentile(busy.shown, 0.95), 'ms', '≤ 500');
    report('messages sent / seen on the screen', busy.shown.length / Math.max(1, sent), '', '');

    await page.goto('/inbox');
    await openThread(page, seededId(CONVERSATIONS - 50));
    const before = await heapMegabytes(session);
    for (let n = 0; n < OPENED_THREADS; n += 1) await openThread(page, seededId(CONVERSATIONS - 60 - n));
    report(`heap after ${OPENED_THREADS} opened threads`, (await heapMegabytes(session)) - before, 'MB', '≤ +20');
  } finally {
    await browser.close();
    await agent.close();
  }
  const machine = { cores: cpus().length, load: loadavg().map((load) => Number(load.toFixed(2))) };
  process.stdout.write(
    json ? `${JSON.stringify({ figure: 'machine', ...machine })}\n` : `machine: ${JSON.stringify(machine)}\n`,
  );
}

async function main(): Promise<void> {
  const stack = await startStack({ durable: true, env: { LOG_LEVEL: 'warn' } });
  try {
    await measure(stack);
  } finally {
    await stack.stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
