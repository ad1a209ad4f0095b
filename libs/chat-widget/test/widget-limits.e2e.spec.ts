import { eventually, type Stack, startBrowser, startStack } from '@conversations/testing';
import type { Browser } from 'playwright-core';
import { newVisitor } from './visitor-browser';

let stack: Stack;
let browser: Browser;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  stack = await startStack({ env: { CHAT_LIMIT_MESSAGES_PER_MINUTE: '6', CHAT_LIMIT_SOCKETS_PER_VISITOR: '2' } });
  ends.push(() => stack.stop());
  browser = await startBrowser();
  ends.push(() => browser.close());
}, 120_000);

afterAll(async () => {
  for (const end of ends.reverse()) await end();
}, 60_000);

test('past the limit the widget says in how many seconds the next message goes out, and sends all in order', async () => {
  const visitor = await newVisitor(browser);
  const page = await visitor.visit(`${stack.chatUrls[0] ?? ''}/demo`);
  await page.open();
  // Six at once and one more each 10 s: a busy machine, too, writes eight of them faster than that.
  const texts = Array.from({ length: 8 }, (_, index) => `quick ${String(index)}`);
  for (const text of texts) await page.write(text);
  await page.widget.getByText(/The next one goes out in ([1-9]|10) s\./).waitFor();
  await page.shows(texts);
  await eventually(() => page.allSent(), { timeoutMs: 30_000 });
  await page.page.reload();
  await page.shows(texts);
  await visitor.close();
}, 90_000);

test('a tab too many says so, and works after another was closed', async () => {
  const visitor = await newVisitor(browser);
  const url = `${stack.chatUrls[0] ?? ''}/demo`;
  const first = await visitor.visit(url);
  await first.open();
  await first.write('one browser, many tabs');
  await first.allSent();
  const second = await visitor.visit(url);
  await second.open();
  await second.shows(['one browser, many tabs']);
  const third = await visitor.visit(url);
  await third.open();
  await third.widget.getByText('Chat is open in too many tabs. Close some of them.').waitFor();
  await second.page.close();
  // The gateway may hear of the closed tab after the button: then it says so again.
  const again = third.widget.getByRole('button', { name: 'Try again' });
  await eventually(async () => {
    if (await again.isVisible()) await again.click({ timeout: 1_000 });
    expect(await third.bubbles()).toEqual(['one browser, many tabs']);
  });
  await visitor.close();
});
