import { findRepositoryRoot } from '@conversations/runtime';
import { join } from 'node:path';
import { lastLines, spawnGuarded } from './guarded-process';
import { compileCache } from './compile-cache';
import { type Installation, migrationEnvironment, SERVICES_WITH_SCHEMA, type ServiceName } from './stack-environment';

/** Runs the migrate step of every service that owns a schema; the database's lock puts them one after the other. */
export async function migrateServices(installation: Installation, logFile: string): Promise<void> {
  const migrateOne = async (name: ServiceName) => {
    const main = join(findRepositoryRoot(), 'dist', 'services', name, 'src', 'migrate.js');
    const step = spawnGuarded(process.execPath, [main], {
      env: { ...process.env, ...compileCache(), ...migrationEnvironment(name, installation) },
      logFile,
    });
    const { code, signal } = await step.exited;
    if (code === 0) return;
    throw new Error(`The migration of ${name} failed (${signal ?? `exit ${String(code)}`}):\n${lastLines(logFile)}`);
  };
  const failed = (await Promise.allSettled(SERVICES_WITH_SCHEMA.map(migrateOne))).find(
    (result) => result.status === 'rejected',
  );
  if (failed) throw failed.reason;
}
