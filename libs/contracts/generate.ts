import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { asyncapiDocument } from './asyncapi-document';
import { eventPage } from './event-page';
import { definedContracts } from './src/index';

/** The generated files by their path inside this library. */
function generatedFiles(): Map<string, string> {
  const events = definedContracts().messages.filter(({ kind }) => kind === 'evt');
  return new Map([
    ['asyncapi.json', `${JSON.stringify(asyncapiDocument(), null, 2)}\n`],
    ...events.map((event) => [`events/${event.type.replace(/^conversations\./, '')}.md`, eventPage(event)] as const),
  ]);
}

/** Names of files that are missing, old, or left over from an event that is no more. */
function staleFiles(folder: string): string[] {
  const wanted = generatedFiles();
  const leftOver = listPages(folder).filter((path) => !wanted.has(path));
  const old = [...wanted].filter(([path, text]) => readOrNull(join(folder, path)) !== text).map(([path]) => path);
  return [...old, ...leftOver];
}

function listPages(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^events[/\\].*\.md$/.test(path))
    .map((path) => path.replaceAll('\\', '/'));
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function write(folder: string): void {
  for (const path of listPages(folder)) rmSync(join(folder, path));
  for (const [path, text] of generatedFiles()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function main(): void {
  const folder = join(process.cwd(), 'libs/contracts');
  if (!process.argv.includes('--check')) {
    write(folder);
    return;
  }
  const stale = staleFiles(folder);
  if (stale.length === 0) return;
  console.error(`Stale: ${stale.map((path) => relative('.', join(folder, path))).join(', ')}. Run "npm run codegen".`);
  process.exitCode = 1;
}

if (require.main === module) main();
