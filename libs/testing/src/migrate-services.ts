import { join } from 'node:path';
import { lastLines, spawnGuarded } from './guarded-process';
import { repositoryRoot } from './repository-root';
import { type Installation, migrationEnvironment, SERVICES_WITH_SCHEMA } from './stack-environment';

/** Runs the migrate step of every service that owns a schema, one after the other. */
export async function migrateServices(installation: Installation, logFile: string): Promise<void> {
  for (const name of SERVICES_WITH_SCHEMA) {
    const main = join(repositoryRoot(), 'dist', 'services', name, 'src', 'migrate.js');
    const step = spawnGuarded(process.execPath, ['--enable-source-maps', main], {
      env: { ...process.env, ...migrationEnvironment(name, installation) },
      logFile,
    });
    const { code, signal } = await step.exited;
    if (code !== 0)
      throw new Error(`The migration of ${name} failed (${signal ?? `exit ${code}`}):\n${lastLines(logFile)}`);
  }
}
