import { eventually, signIdentity, type Stack, startBrowser, startStack } from '@conversations/testing';
import type { Browser } from 'playwright-core';
import { agentBrowser, type AgentScreen } from './agent-browser';

jest.setTimeout(120_000);

let stack: Stack;
let browser: Browser;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  stack = await startStack();
  ends.push(() => stack.stop());
  browser = await startBrowser();
  ends.push(() => browser.close());
}, 120_000);

afterAll(async () => {
  for (const end of ends.reverse()) await end();
}, 60_000);

const HOSTILE: [what: string, name: string][] = [
  ['markup', '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'],
  ['a right-to-left override', 'Ann \u202Egnp.exe'],
  ['zero-width characters', 'A\u200Bn\u200Dn'],
  ['a formula', '=HYPERLINK("https://evil.test","click")'],
  ['two hundred emoji', '😀'.repeat(100)],
  ['one word of two hundred letters', 'W'.repeat(200)],
];

/** A recognised customer of that name, who wrote a text and went to a page that are just as hostile. */
async function writes(name: string): Promise<string> {
  const widget = stack.widget({ page: { url: 'https://shop.test/<b>x</b>', title: name } });
  ends.push(() => widget.close());
  await widget.connect();
  await widget.write(`${name} `.repeat(3));
  const email = `customer-${String(Math.random()).slice(2)}@shop.test`;
  widget.transmit({ t: 'identify', jwt: signIdentity(stack.installation, { email, name }) });
  const agent = await stack.signIn('tom');
  ends.push(() => agent.close());
  return eventually(async () => {
    const found = (await agent.inbox()).find(({ title }) => title !== '' && title === name.trim());
    if (found === undefined) throw new Error('not recognised yet');
    return found.id;
  });
}

const overflow = (screen: AgentScreen) =>
  screen.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test.each(HOSTILE)('security row 25: %s in a name is text wherever the name shows', async (_what, name) => {
  const id = await writes(name);
  for (const width of [1440, 390]) {
    const screen = await agentBrowser(browser, stack, { width });
    let asked = false;
    screen.page.on('dialog', (dialog) => {
      asked = true;
      void dialog.dismiss();
    });
    if (width > 1000) {
      await screen.goto('/inbox');
      expect(await screen.row(id).locator('bdi').first().innerText()).toContain(name.slice(0, 8));
    }
    await screen.page.goto(`/inbox/${id}`);
    await screen.log.getByText(name.slice(0, 10)).first().waitFor();
    // Its own direction stays its own: what follows the name is not turned around.
    expect(await screen.page.locator('bdi, [dir=auto]').count()).toBeGreaterThan(0);
    expect(await overflow(screen)).toBe(0);
    expect(await screen.page.evaluate(() => (window as Window & { hacked?: number }).hacked ?? 0)).toBe(0);
    expect(await screen.page.locator('img[src="x"]').count()).toBe(0);
    expect(asked).toBe(false);
    expect(screen.problems).toEqual([]);
    await screen.close();
  }
});
