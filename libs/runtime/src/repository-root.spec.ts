import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findRepositoryRoot } from './repository-root';

test('the root is the folder that holds the workspace file and the package file', () => {
  expect(existsSync(join(findRepositoryRoot(), 'package.json'))).toBe(true);
});
