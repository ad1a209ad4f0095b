import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What is wrong with a screen as it stands: rules of axe-core, a page that is too wide, texts that are cut off. */
export async function screenFaults(page: Page): Promise<string[]> {
  // The policy of the page allows no eval of its own; the browser's debugger may.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
    'axe.run(document)',
  );
  const rules = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  return [...rules, ...(await page.evaluate(cutOff))];
}

/** Runs in the page. Text may end in an ellipsis, be meant for the ear, or stand in a box that scrolls; nothing else hides it. */
function cutOff(): string[] {
  const faults: string[] = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > window.innerWidth) faults.push(`the page is ${String(scrollWidth)} px wide`);
  const hides = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const text = node.textContent?.trim() ?? '';
    const parent = node.parentElement;
    if (text === '' || parent === null || parent.closest('svg, script, textarea, [aria-hidden=true]') !== null)
      continue;
    if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    // The link that skips to the content waits above the window.
    if (bottom <= 0) continue;
    for (let box: Element | null = parent; box !== null; box = box.parentElement) {
      const { overflowX, overflowY, textOverflow, clipPath, position, webkitLineClamp } = getComputedStyle(box);
      if (clipPath !== 'none' || textOverflow === 'ellipsis' || webkitLineClamp !== 'none') break;
      if (overflowX === 'auto' || overflowX === 'scroll') break;
      const edge = box.getBoundingClientRect();
      const sideways = hides(overflowX) && (right > edge.right + 1 || left < edge.left - 1);
      const upright = hides(overflowY) && (bottom > edge.bottom + 1 || top < edge.top - 1);
      const outOfButton = box.matches('button, a, [role=combobox]') && right > edge.right + 1;
      if (sideways || upright || outOfButton) {
        faults.push(`cut off: "${text.slice(0, 60)}" by ${box.tagName.toLowerCase()}.${box.className}`);
        break;
      }
      if (overflowY === 'auto' || overflowY === 'scroll' || position === 'fixed') break;
    }
  }
  return faults;
}
