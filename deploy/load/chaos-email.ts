/**
 * `npm run chaos:email -- [--short]`: 500 mails come in and 200 answers go out by email while email-ingest,
 * conversation, the broker and the database are killed with −9. JSON in deploy/load/results/. Exit code 1 when a mail was lost, one came
 * in twice, copies of one mail differ, or one went out twice without its agent being told that it may have.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRepositoryRoot } from '@conversations/runtime';
import { type EmailVerdict, emailUnderFaults } from './email-under-faults';

const short = process.argv.includes('--short');
const scenarios = (short ? [1] : [1, 2, 3]).map((seed) => ({
  seed,
  replicas: 2,
  mailsIn: short ? 100 : 500,
  mailsOut: short ? 40 : 200,
}));

async function main(): Promise<void> {
  const verdicts: EmailVerdict[] = [];
  for (const scenario of scenarios) {
    const verdict = await emailUnderFaults(scenario);
    verdicts.push(verdict);
    const { seed, replicas, in: came, out: went, seconds } = verdict;
    const faults = Object.entries(verdict.faults).map(([fault, count]) => `${fault} ${count}`);
    process.stdout.write(
      `email seed ${seed} × ${replicas}  in ${came.accepted}  lost ${came.lost}  doubled ${came.doubled}` +
        `  out ${went.asked}  lost ${went.lost}  second copies ${went.second}  different ${went.different}` +
        `  uncertain ${went.uncertain}  ${seconds} s  (${faults.join(', ')})\n`,
    );
  }
  const results = join(findRepositoryRoot(), 'deploy', 'load', 'results');
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, 'chaos-email.json'), `${JSON.stringify(verdicts, null, 2)}\n`);
  const isBad = ({ in: came, out: went }: EmailVerdict) =>
    came.lost + came.doubled + went.lost + went.different > 0 || went.second > went.uncertain;
  if (verdicts.some(isBad)) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
