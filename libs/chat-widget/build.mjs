import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

/** @param {string} relative */
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/**
 * Writes what chat-gateway serves: loader.js (a classic script for the host page), app.js and app.css (the iframe).
 * The same sources give the same bytes.
 * @param {string} outdir
 */
async function buildWidget(outdir) {
  await build({
    absWorkingDir: path('.'),
    entryPoints: { loader: 'src/loader.ts', app: 'src/app.tsx' },
    outdir,
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['es2022', 'chrome123', 'firefox121', 'safari17.5'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'warning',
  });
}

await buildWidget(process.argv[2] ?? path('../../dist/libs/chat-widget'));
