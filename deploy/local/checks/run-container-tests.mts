import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { run } from './step.mts';

const root = resolve(import.meta.dirname, '..', '..', '..');
const limits = { root, minutes: 30 };

/** Secrets of a stack that lives only as long as this run. */
const secrets = {
  NATS_PASSWORD: 'only-for-this-run',
  DATABASE_ADMIN_PASSWORD: 'only-for-this-run',
  CONVERSATION_DATABASE_PASSWORD: 'only-for-this-run',
  SAVED_RESPONSE_DATABASE_PASSWORD: 'only-for-this-run',
  EMAIL_DATABASE_PASSWORD: 'only-for-this-run',
  GRAPHQL_GATEWAY_DATABASE_PASSWORD: 'only-for-this-run',
  CHAT_TOKEN_SECRET: 'only-for-this-run'.repeat(2),
  CHAT_SITES: '[{"id":"site_demo","name":"Demo shop","origins":["http://localhost:3001"]}]',
};

const succeeds = (...words: string[]) => spawnSync('docker', words, { cwd: root, stdio: 'ignore' }).status === 0;

/** The servers of docker-compose.yml become healthy, and go again with all they stored. */
async function composeComesUp(): Promise<boolean> {
  const project = ['docker', 'compose', '--project-name', `conversations-test-${process.pid}`];
  Object.assign(process.env, secrets, { NATS_PORT: '0', POSTGRES_PORT: '0' });
  if (!(await run([...project, 'config', '--quiet'], limits))) return false;
  const isUp = await run([...project, 'up', '--wait', 'postgres', 'nats'], limits);
  const isDown = await run([...project, 'down', '--volumes'], limits);
  return isUp && isDown;
}

async function suitesPass(): Promise<boolean> {
  process.env['CONVERSATIONS_TEST_CONTAINERS'] = '1';
  const jest = [process.execPath, '--experimental-vm-modules', 'node_modules/jest/bin/jest.js'];
  const only = ['--testPathPatterns=\\.integration\\.spec\\.ts$', '--maxWorkers=2', '--testTimeout=120000'];
  return run([...jest, '--projects', 'libs/messaging', 'libs/persistence', ...only], { ...limits, live: true });
}

if (!succeeds('info')) {
  console.log('skipped: no docker');
} else {
  const results: [string, boolean][] = [];
  if (succeeds('compose', 'version')) results.push(['docker-compose.yml', await composeComesUp()]);
  else console.log('docker-compose.yml: skipped: no docker compose');
  results.push(['messaging and persistence on testcontainers', await suitesPass()]);
  for (const [name, passed] of results) console.log(`${passed ? 'ok    ' : 'FAILED'}  ${name}`);
  const failed = results.filter(([, passed]) => !passed).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}
