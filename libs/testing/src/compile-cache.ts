import { findRepositoryRoot } from '@conversations/runtime';
import { join } from 'node:path';

/** Node keeps what it compiled: a service loads some thousand files, and restarts are what tests and the local stack wait for. */
export function compileCache(): NodeJS.ProcessEnv {
  return { NODE_COMPILE_CACHE: join(findRepositoryRoot(), '.cache', 'compiled') };
}
