import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

/** @param {string} relative */
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/** Writes the script and the style sheet of the page on which a person plays the customer. */
await build({
  absWorkingDir: path('.'),
  entryPoints: { app: 'phone/app.tsx', style: 'phone/style.css' },
  outdir: path('../../dist/libs/graph-simulator/phone'),
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
