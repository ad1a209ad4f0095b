import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { run } from './step.mts';

const root = resolve(import.meta.dirname, '..', '..', '..');
const corpora = resolve(root, process.env['CORPORA_DIR'] ?? '../shared/corpora');

/** Every mail that others published, through the whole service; prints what share of what is expected of them holds. */
if (!existsSync(corpora)) console.log('skipped: no corpora');
else {
  const jest = [process.execPath, '--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const suite = ['node_modules/jest/bin/jest.js', '-c', 'services/email-ingest/jest.config.cjs', 'corpora.integration'];
  const passed = await run([...jest, ...suite], { root, live: true, minutes: 15 });
  console.log(passed ? '1 passed, 0 failed' : '0 passed, 1 failed');
  if (!passed) process.exitCode = 1;
}
