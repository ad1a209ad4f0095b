import { DEMO_AGENTS } from '@conversations/testing';
import { seedSavedResponses } from './demo-saved-responses';
import { seedDemo } from './demo-seed';
import { readLocalEnvironment, StartError } from './local-settings';
import { type LocalStack, startLocalStack } from './local-stack';
import { driveConversation } from './once';
import { Progress } from './progress';

const USAGE = `npm start [-- --fresh] [-- --once]
  --fresh  begins anew: deletes the stack's state first
  --once   starts on free ports with temporary state, drives one conversation, and ends`;

const progress = new Progress();
let stack: Promise<LocalStack> | undefined;
let isUp = false;
let asked = 0;

/** Ends everything in order. A second signal, or one during the start, ends it at once: no process outlives its parent. */
async function end(code: number, why: string): Promise<void> {
  asked += 1;
  if (asked > 1 || !isUp) process.exit(130);
  progress.say(why);
  await (await stack)?.stop();
  process.exit(code);
}

function endWithParent(): void {
  process.on('SIGINT', () => void end(0, '\nStopping…'));
  process.on('SIGTERM', () => void end(0, 'Stopping…'));
  process.on('SIGHUP', () => void end(0, 'Stopping…'));
  process.once('disconnect', () => void end(1, 'Stopping: the process that started this one is gone.'));
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    void end(1, 'Stopping: npm is gone.');
  }, 1_000);
  watch.unref();
}

function printTable({ addresses, installation }: LocalStack): void {
  const { amelie, tom, vera, admin } = DEMO_AGENTS;
  const rows: [string, string][] = [
    ...addresses,
    ['Sign-in', `${amelie}, ${tom} (agents), ${vera} (viewer), ${admin} (admin)`],
    ['Password', installation.demoPassword],
  ];
  const width = Math.max(...rows.map(([what]) => what.length));
  progress.say(`\nConversations runs (${progress.total()}). Ctrl-C stops everything.\n`);
  for (const [what, where] of rows) progress.say(`  ${what.padEnd(width)}  ${where}`);
}

async function main(): Promise<void> {
  const options = process.argv.slice(2);
  const unknown = options.filter((option) => !['--fresh', '--once'].includes(option));
  if (unknown.length > 0) throw new StartError(`Unknown option ${unknown.join(' ')}\n${USAGE}`);
  endWithParent();
  const once = options.includes('--once');
  const env = readLocalEnvironment();
  const throwaway = once && env.CONVERSATIONS_DATA_DIR === undefined;
  progress.say('Starting Conversations…');
  stack = startLocalStack({ env, progress, throwaway, fresh: options.includes('--fresh') });
  const running = await stack;
  isUp = true;
  const seeded = await progress.step('demo conversations', () => seedDemo(running));
  if (seeded === null) progress.note('there are conversations already');
  else if (seeded.came < seeded.of) progress.note(`${seeded.came} of ${seeded.of} came: the logs say why`);
  const saved = await progress.step('demo saved responses', () => seedSavedResponses(running));
  if (saved === 0) progress.note('there are categories already');
  if (!once) {
    printTable(running);
    return;
  }
  let failed = false;
  try {
    await driveConversation(running, progress);
  } catch (error) {
    failed = true;
    progress.say(`    ${error instanceof Error ? error.message : String(error)}\n    Logs: ${running.logs}`);
  }
  await running.stop({ keepLogs: failed });
  progress.say(
    failed ? 'The conversation did not work: see the step marked ✗.' : `Every step held (${progress.total()}).`,
  );
  process.exit(failed ? 1 : 0);
}

main().catch(async (error: unknown) => {
  if (asked > 0) return;
  console.error(error instanceof StartError ? error.message : error);
  const running = await stack?.catch(() => undefined);
  await running?.stop({ keepLogs: true });
  process.exit(1);
});
