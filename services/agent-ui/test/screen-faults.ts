import { axeViolations } from '@conversations/testing';
import type { Page } from 'playwright-core';

/** What is wrong with a screen as it stands: rules of axe-core, a page that is too wide, texts that are cut off. */
export async function screenFaults(page: Page): Promise<string[]> {
  return [...(await axeViolations(page)), ...(await page.evaluate(cutOff))];
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
