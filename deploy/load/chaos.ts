/**
 * `npm run chaos -- [--short] [--messenger | --chatbot]`: visitors write and agents answer while processes are killed with −9 and the broker's store is
 * wiped; people on Messenger write while what is between them is. A table on the screen, JSON in deploy/load/results/. Exit code 1 when anything was lost, doubled or out of order.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRepositoryRoot } from '@conversations/runtime';
import { chatbotUnderFaults, type ChatbotVerdict } from './chatbot-under-faults';
import { conversationUnderFaults, type Scenario, type Verdict } from './conversation-under-faults';
import type { Fault } from './faults';
import { messengerUnderFaults, type MessengerVerdict } from './messenger-under-faults';

const short = process.argv.includes('--short');
const KILLS: readonly Fault[] = [
  'visitor socket',
  'agent socket',
  'chat-gateway',
  'conversation',
  'graphql-gateway',
  'nats',
];
const SEEDS = short ? [1] : [1, 2, 3, 4, 5];
const MESSAGES = short ? 60 : 300;

const scenarios: Scenario[] = [
  ...SEEDS.map((seed) => ({ name: 'kills', replicas: 1, faults: KILLS, seed, messages: MESSAGES })),
  ...SEEDS.map((seed) => ({ name: 'kills', replicas: 2, faults: KILLS, seed, messages: MESSAGES })),
  ...SEEDS.slice(0, 2).map((seed) => ({
    name: 'broker wiped',
    replicas: 1,
    faults: ['visitor socket', 'nats wiped', 'nats wiped', 'agent socket'] satisfies Fault[],
    seed,
    messages: MESSAGES,
  })),
];

const listed = (faults: Verdict['faults']) =>
  Object.entries(faults)
    .map(([fault, count]) => `${fault} ${count}`)
    .join(', ');
const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const verdicts: Verdict[] = [];
  const only = ['--messenger', '--chatbot'].find((part) => process.argv.includes(part));
  for (const scenario of only ? [] : scenarios) {
    const verdict = await conversationUnderFaults(scenario);
    verdicts.push(verdict);
    say(
      `${verdict.scenario.padEnd(12)} seed ${verdict.seed} × ${verdict.replicas}  ${verdict.written} + ${verdict.answered}` +
        `  lost ${verdict.lost}  doubled ${verdict.doubled}  out of order ${verdict.disordered}` +
        `  resyncs ${verdict.resyncs}  ${verdict.seconds} s  (${listed(verdict.faults)})`,
    );
  }
  const messenger: MessengerVerdict[] = [];
  for (const seed of only === '--chatbot' ? [] : short ? [1] : [1, 2]) {
    const verdict = await messengerUnderFaults({ seed, messages: short ? 100 : 500, replies: short ? 50 : 200 });
    messenger.push(verdict);
    say(
      `${verdict.scenario.padEnd(12)} seed ${verdict.seed}  ${verdict.written} in: lost ${verdict.lost}  doubled ${verdict.doubled}` +
        `  ${verdict.answered} out: sent ${verdict.sent}  unknown ${verdict.unknown}  twice ${verdict.receivedTwice}` +
        `  failed ${verdict.failed}  pretended ${verdict.pretended}  ${verdict.seconds} s  (${listed(verdict.faults)})`,
    );
  }
  const chatbot: ChatbotVerdict[] = [];
  for (const seed of only === '--messenger' ? [] : short ? [1] : [1, 2]) {
    const verdict = await chatbotUnderFaults({ seed, flows: short ? 40 : 200 });
    chatbot.push(verdict);
    say(`${'chatbot'.padEnd(12)} ${JSON.stringify(verdict)}`);
  }
  const results = join(findRepositoryRoot(), 'deploy', 'load', 'results');
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, 'chaos.json'), `${JSON.stringify([...verdicts, ...messenger, ...chatbot], null, 2)}\n`);
  const bad = verdicts.filter(({ lost, doubled, disordered }) => lost + doubled + disordered > 0);
  const badMessenger = messenger.filter(
    ({ lost, doubled, receivedTwice, failed, pretended }) => lost + doubled + receivedTwice + failed + pretended > 0,
  );
  const badChatbot = chatbot.filter(({ wrong, doubled, unseen }) => wrong + doubled + unseen > 0);
  if (bad.length + badMessenger.length + badChatbot.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
