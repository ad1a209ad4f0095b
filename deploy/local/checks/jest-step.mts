import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type Outcome, run } from './step.mts';

/** Which spec files a part of the tests takes, told by their names. */
const PARTS = {
  unit: { pattern: '(?<!\\.(integration|e2e|containers))\\.spec\\.tsx?$', workers: 2, minutes: 10, testSeconds: 30 },
  integration: { pattern: '\\.integration\\.spec\\.ts$', workers: 2, minutes: 45, testSeconds: 60 },
  // A browser on a full machine is slow, not broken: what a step waits for has its own, shorter limit.
  e2e: { pattern: '\\.e2e\\.spec\\.ts$', workers: 1, minutes: 60, testSeconds: 120 },
} as const;

export type TestPart = keyof typeof PARTS;

export const TEST_PARTS = Object.keys(PARTS) as TestPart[];

interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  /** Suites that broke before or outside a test. */
  numRuntimeErrorTestSuites: number;
  testResults: {
    name: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
  }[];
}

/** Lines and characters of a failure that the closing summary shows: often all that is kept of a run elsewhere. */
const SHOWN = { lines: 14, characters: 200 };

/** What was expected and received, and the first place in a test. */
function gist(text = ''): string {
  const lines = stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const isPlace = (line: string) => line.startsWith('    at ');
  const words = lines.filter((line) => !isPlace(line)).slice(0, SHOWN.lines);
  const place = lines.filter((line) => isPlace(line) && /\.(spec|test)\b/.test(line)).slice(0, 1);
  return [...words, ...place].map((line) => line.slice(0, SHOWN.characters)).join('\n            ');
}

/** One entry for each failed test, and for each suite that broke outside its tests. */
function failuresOf({ testResults }: JestReport, root: string): string[] {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    const file = relative(root, name);
    if (failed.length === 0) return message === '' ? [] : [`${file}: ${gist(message)}`];
    return failed.map(({ fullName, failureMessages }) => `${file}: ${fullName}: ${gist(failureMessages[0])}`);
  });
}

/** Folders with a jest.config.cjs, one for each project. */
export function jestProjects(root: string): string[] {
  return globSync(['libs/*/jest.config.cjs', 'services/*/jest.config.cjs', 'deploy/*/jest.config.cjs'], { cwd: root })
    .map((file) => dirname(file))
    .sort();
}

/**
 * Runs one part over every project; a suite that breaks, and a run that leaves no report, count as failed. A first word of `extra`
 * that is no option takes only the spec files whose path has it.
 */
export async function runTests(part: TestPart, root: string, extra: string[] = []): Promise<Outcome> {
  const { pattern, workers, minutes, testSeconds } = PARTS[part];
  const report = join(root, '.cache', 'test-reports', `${part}.json`);
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const path = extra[0]?.startsWith('-') === false ? extra.shift() : undefined;
  const command = [
    process.execPath,
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    // First, because the options below that take lists would swallow what follows them.
    ...extra,
    '--projects',
    ...jestProjects(root),
    `--testPathPatterns=${path === undefined ? pattern : `${path}.*${pattern}`}`,
    `--maxWorkers=${workers}`,
    `--testTimeout=${testSeconds * 1_000}`,
    '--passWithNoTests',
    '--json',
    `--outputFile=${report}`,
    '--reporters=default',
  ];
  const fine = await run(command, { root, live: true, minutes });
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const result = JSON.parse(readFileSync(report, 'utf8')) as JestReport;
  const broken = result.numFailedTests + result.numRuntimeErrorTestSuites;
  const skipped = result.numPendingTests + result.numTodoTests;
  if (skipped > 0) console.log(`    ${skipped} skipped`);
  return {
    passed: result.numPassedTests,
    failed: fine ? broken : Math.max(broken, 1),
    failures: failuresOf(result, root),
  };
}
