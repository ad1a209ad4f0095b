import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the checkout, also when this file runs from dist/. */
export function repositoryRoot(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'nx.json'))) return folder;
    if (folder === dirname(folder)) throw new Error(`No nx.json above ${__dirname}`);
  }
}
