import { createHash } from 'node:crypto';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * Names a build after its hashed files, in the page and in version.json, so that a page that is open for days can tell
 * that the server has a newer one.
 */
function pageVersion(): Plugin {
  const versionOf = (bundle: object | undefined): string =>
    createHash('sha256')
      .update(
        Object.keys(bundle ?? {})
          .filter((name) => name.startsWith('assets/'))
          .sort()
          .join('\n'),
      )
      .digest('base64url')
      .slice(0, 16);
  return {
    name: 'page-version',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) => [
        { tag: 'meta', attrs: { name: 'ui-version', content: versionOf(bundle) }, injectTo: 'head' },
      ],
    },
    generateBundle(_options, bundle) {
      this.emitFile({
        type: 'asset',
        fileName: 'version.json',
        source: JSON.stringify({ version: versionOf(bundle) }),
      });
    },
  };
}

/** Static files for the gateway to serve: hashed names under assets/, one document. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), pageVersion()],
  build: {
    outDir: '../../dist/services/agent-ui/public',
    emptyOutDir: true,
    target: ['es2022', 'chrome123', 'firefox121', 'safari17.5'],
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
      ['/graphql', '/auth', '/uploads', '/attachments'].map((path) => [
        path,
        { target: 'http://localhost:3000', ws: path === '/graphql', changeOrigin: true },
      ]),
    ),
  },
});
