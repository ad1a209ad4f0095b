import { readFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What the rules of axe-core do not allow in a document, a line for each rule; empty when there is nothing. A document is judged
 * without its frames: axe cannot see into one of another origin, nor into one that runs no script.
 */
export async function axeViolations(document: Page | Frame): Promise<string[]> {
  // The policy of a page allows no script but its own; the browser's debugger may run one.
  await document.evaluate(AXE);
  // Preloading would fetch style sheets and sound again; no rule that is on needs them.
  const { violations } = await document.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
    'axe.run(document, { iframes: false, preload: false })',
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
