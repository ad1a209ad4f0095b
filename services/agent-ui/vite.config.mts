import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Static files for the gateway to serve: hashed names under assets/, one document. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../../dist/services/agent-ui/public',
    emptyOutDir: true,
    target: ['es2022', 'chrome123', 'firefox121', 'safari17.5'],
    // A data: address would be refused by the page's Content-Security-Policy.
    assetsInlineLimit: 0,
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
