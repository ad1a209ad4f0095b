import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder that holds `nx.json`, above this file whether it runs from source or from `dist`. Throws when there is none. */
export function findRepositoryRoot(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'nx.json'))) return folder;
    if (folder === dirname(folder)) throw new Error(`No folder with nx.json above ${__dirname}`);
  }
}
