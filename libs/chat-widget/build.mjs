import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/**
 * Writes what chat-gateway serves: loader.js (a classic script for the host page), app.js and app.css (the iframe).
 * The same sources give the same bytes.
 * @param {string} outdir
 */
export async function buildWidget(outdir) {
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

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWidget(path('../../dist/libs/chat-widget'));
