import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

/** The files that a page loads only when it needs them. */
function laterCode(bundle: Rolldown.OutputBundle): string[] {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const first = new Set<string>();
  const load = (name: string): void => {
    if (first.has(name)) return;
    first.add(name);
    for (const imported of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) load(imported);
  };
  for (const { fileName, isEntry } of chunks) if (isEntry) load(fileName);
  return chunks.map(({ fileName }) => fileName).filter((name) => !first.has(name));
}

/**
 * Names a build after its hashed files, in the page and in version.json, so that a page that is open for days can tell
 * that the server has a newer one. The file also names what the page can load ahead.
 */
function pageVersion(): Plugin {
  let version = '';
  return {
    name: 'page-version',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) => {
        const names = Object.keys(bundle).filter((name) => name.startsWith('assets/'));
        version = createHash('sha256').update(names.sort().join('\n')).digest('base64url').slice(0, 16);
        return [{ tag: 'meta', attrs: { name: 'ui-version', content: version }, injectTo: 'head' }];
      },
    },
    // Last of all: the document is complete only now.
    writeBundle({ dir = '' }, bundle) {
      const later = laterCode(bundle).map((name) => `/${name}`);
      writeFileSync(join(dir, 'version.json'), JSON.stringify({ version, later }));
    },
  };
}

/** The oldest ones that know light-dark(). */
const BROWSERS = ['chrome123', 'firefox121', 'safari17.5'];

/** Static files for the gateway to serve: hashed names under assets/, one document. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), pageVersion()],
  build: {
    outDir: '../../dist/services/agent-ui/public',
    emptyOutDir: true,
    target: ['es2022', ...BROWSERS],
    cssTarget: BROWSERS,
    // A data: address would be refused by the page's Content-Security-Policy.
    assetsInlineLimit: 0,
    // One stylesheet for all pages is smaller than its parts, and no page is drawn before its style is there.
    cssCodeSplit: false,
    rolldownOptions: {
      // A page that takes one part from design/index.ts must not load all the others with it.
      treeshake: { moduleSideEffects: [{ test: /\/src\/design\/[^/]+\.tsx?$/, sideEffects: false }] },
    },
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    // `vite services/agent-ui` beside a running local stack: pages from here, everything else from the gateway.
    proxy: Object.fromEntries(
      ['/graphql', '/auth', '/uploads', '/attachments', '/originals', '/mails'].map((path) => [
        path,
        { target: 'http://localhost:3000', ws: path === '/graphql', changeOrigin: true },
      ]),
    ),
  },
});
