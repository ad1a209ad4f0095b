import { resolve } from 'node:path';
import { runTests, TEST_PARTS, type TestPart } from './jest-step.mts';
import { type Outcome, run } from './step.mts';

const root = resolve(import.meta.dirname, '..', '..', '..');

interface Step {
  name: string;
  work: () => Promise<Outcome>;
}

/** A step that is no Jest run counts as one test. */
const command = (name: string, words: string[]): Step => ({
  name,
  work: async () => ((await run(words, { root, minutes: 10 })) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }),
});

const tests = (part: TestPart, extra: string[] = []): Step => ({
  name: `${part} tests`,
  work: () => runTests(part, root, extra),
});

const build = command('build', ['npm', 'run', '--silent', 'build']);
const START_ONCE = ['node', 'dist/deploy/local/checks/start-once.js'];
const servers = command('NATS and Postgres start', [...START_ONCE, 'nats', 'postgres']);
const neighbours = command('mail, DNS and S3 servers start', [...START_ONCE, 'imap', 'relay', 'dns', 's3']);
const browser = command('a browser starts', [...START_ONCE, 'browser']);

const everything: Step[] = [
  command('format', ['prettier', '--check', '--log-level', 'warn', '.']),
  command('lint', ['nx', 'run-many', '-t', 'lint']),
  command('module boundaries are enforced', ['node', 'deploy/local/checks/prove-boundaries.mjs']),
  command('types', ['nx', 'run-many', '-t', 'typecheck']),
  command('no dead code', ['knip', '--no-progress']),
  build,
  command('generated files are fresh', ['npm', 'run', '--silent', 'codegen:check']),
  servers,
  neighbours,
  browser,
  ...TEST_PARTS.map((part) => tests(part)),
];

function stepsOf([part, ...extra]: string[]): Step[] {
  if (part === undefined) return everything;
  switch (part) {
    case 'unit':
      return [tests(part, extra)];
    case 'integration':
      return [build, servers, neighbours, tests(part, extra)];
    case 'e2e':
      return [build, servers, browser, tests(part, extra)];
    default:
      throw new Error(`usage: run-tests.mts [${TEST_PARTS.join(' | ')} [options of Jest]]`);
  }
}

const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

const steps = stepsOf(process.argv.slice(2));
const begun = Date.now();
const total: Outcome = { passed: 0, failed: 0 };
const summary: string[] = [];
for (const [index, step] of steps.entries()) {
  console.log(`[${index + 1}/${steps.length}] ${step.name}`);
  const started = Date.now();
  const { passed, failed, failures = [] } = await step.work();
  total.passed += passed;
  total.failed += failed;
  const line = `${failed === 0 ? 'ok    ' : 'FAILED'}  ${step.name}: ${passed} passed, ${failed} failed, ${seconds(started)}`;
  console.log(`    ${line}`);
  summary.push(line, ...failures.map((failure) => `        ${failure}`));
}
console.log(`\n${summary.join('\n')}\nall steps: ${seconds(begun)}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
