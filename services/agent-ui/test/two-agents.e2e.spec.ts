import { eventually, type Stack, startBrowser, startStack } from '@conversations/testing';
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { agentBrowser, type AgentScreen } from './agent-browser';

jest.setTimeout(180_000);

let stack: Stack;
let browser: Browser;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  stack = await startStack({ env: { CHAT_OFFLINE_GRACE_SECONDS: '1' } });
  ends.push(() => stack.stop());
  browser = await startBrowser();
  ends.push(() => browser.close());
}, 120_000);

afterAll(async () => {
  for (const end of ends.reverse()) await end();
}, 60_000);

/** A person on the demo shop, with the widget open. */
class Visitor {
  private constructor(
    private readonly context: BrowserContext,
    private readonly page: Page,
    private readonly widget: FrameLocator,
  ) {}

  static async on(locale: string): Promise<Visitor> {
    const context = await browser.newContext({ locale, viewport: { width: 900, height: 700 } });
    const page = await context.newPage();
    await page.goto(`${stack.chatUrls[0] ?? ''}/demo`);
    await page.locator('conversations-widget').getByRole('button').click();
    return new Visitor(context, page, page.frameLocator('conversations-widget iframe'));
  }

  async write(text: string): Promise<void> {
    const field = this.widget.getByRole('textbox');
    await field.fill(text);
    await field.press('Enter');
  }

  async sees(text: string): Promise<void> {
    await this.widget.getByRole('log').getByText(text).waitFor();
  }

  thread(): Promise<string> {
    return this.widget.getByRole('log').innerText();
  }

  leave(): Promise<void> {
    return this.page.close();
  }

  end(): Promise<void> {
    return this.context.close();
  }
}

const rowWith = (screen: AgentScreen, text: string) => screen.rows.filter({ hasText: text });
const unreadDot = (screen: AgentScreen) => screen.page.getByTestId('unread-dot');
/** How strongly the name in a row is set. */
const weight = (screen: AgentScreen, text: string) =>
  rowWith(screen, text)
    .locator('bdi')
    .evaluate((name) => Number(getComputedStyle(name).fontWeight));

async function send(screen: AgentScreen, text: string): Promise<void> {
  await screen.reply.fill(text);
  await screen.reply.press('Control+Enter');
  await screen.log.getByText(text).waitFor();
}

test('two agents share one inbox with an English and a French visitor', async () => {
  const amelie = await agentBrowser(browser, stack, { agent: 'amelie' });
  const tom = await agentBrowser(browser, stack, { agent: 'tom', locale: 'fr-FR' });
  await amelie.page.goto('/inbox');
  await tom.page.goto('/inbox');
  await amelie.list.getByText('All answered').waitFor();
  await tom.list.getByRole('heading').first().waitFor();
  expect(await unreadDot(amelie).count()).toBe(0);

  const ann = await Visitor.on('en-GB');
  const marc = await Visitor.on('fr-FR');

  // A visitor writes: red dot, bold row and green dot for both.
  await ann.write('Do you ship to Réunion?');
  for (const [agent, isUnread, isOnline] of [
    [amelie, 'Unread', 'Online'],
    [tom, 'Non lue', 'En ligne'],
  ] as const) {
    await unreadDot(agent).waitFor();
    const row = rowWith(agent, 'Do you ship to Réunion?');
    await row.getByText(isUnread).waitFor({ state: 'attached' });
    await row.getByText(isOnline).waitFor({ state: 'attached' });
    expect(await weight(agent, 'Do you ship to Réunion?')).toBeGreaterThanOrEqual(600);
    await eventually(async () => expect(await agent.page.title()).toMatch(/^\(1\)/));
  }

  // One opens it: Read for both, and by whom.
  await rowWith(amelie, 'Réunion').click();
  await amelie.log.getByText('Read by Amélie').waitFor();
  await eventually(async () => {
    expect(await unreadDot(tom).count()).toBe(0);
    expect(await weight(tom, 'Réunion')).toBeLessThan(600);
  });

  // She answers on Web Chat: it is in the widget, and both messages carry their channel.
  expect(await amelie.page.locator('[data-pane=composer]').getByText('Web Chat').count()).toBe(1);
  await send(amelie, 'Yes, twice a week.');
  await ann.sees('Yes, twice a week.');
  await eventually(async () => expect(await amelie.log.getByText('Web Chat').count()).toBe(2));

  // The first who replies owns it; a reassignment is a line that no visitor sees.
  await amelie.log.getByText(/Assigned to Amélie/).waitFor();
  await rowWith(tom, 'Yes, twice a week.').click();
  await tom.page.getByRole('combobox', { name: /Amélie/ }).click();
  await tom.page.getByRole('option', { name: /Tom/ }).first().click();
  await amelie.log.getByText(/Tom .*took over from Amélie|Assigned from Amélie .* to Tom/).waitFor();
  expect(await ann.thread()).not.toMatch(/Tom|Assigned|Attribu/);

  // The second visitor, in French, is a conversation of its own.
  await marc.write('Bonjour, puis-je payer en trois fois ?');
  await rowWith(amelie, 'puis-je payer').waitFor();
  expect(await amelie.rows.count()).toBe(2);

  // Complete: a check mark for both.
  await amelie.page.getByRole('button', { name: 'Complete', exact: true }).click();
  await amelie.page.getByRole('button', { name: 'Reopen' }).waitFor();
  await tom.page.getByRole('button', { name: 'Rouvrir' }).waitFor();
  for (const [agent, tab, mark] of [
    [amelie, 'Completed', 'Completed'],
    [tom, 'Terminées', 'Terminée'],
  ] as const) {
    await agent.list.getByText(tab, { exact: true }).first().click();
    await rowWith(agent, 'Yes, twice a week.').getByRole('img', { name: mark }).waitFor();
  }
  for (const agent of [amelie, tom]) await agent.page.goto('/inbox');

  // The visitor writes again: open and unread for both, in the same conversation.
  await ann.write('And how much is it?');
  for (const agent of [amelie, tom]) {
    await rowWith(agent, 'And how much is it?').waitFor();
    await unreadDot(agent).waitFor();
  }
  await rowWith(amelie, 'And how much is it?').click();
  await amelie.log.getByText('Do you ship to Réunion?').waitFor();
  await amelie.log.getByText(/Opened again by .* message/).waitFor();

  // The visitor leaves while a reply is being written: hollow ring, and the composer says so and changes nothing.
  await amelie.reply.fill('It is 12 euros');
  await ann.leave();
  await rowWith(amelie, 'And how much is it?').getByText('Offline').waitFor({ state: 'attached' });
  await amelie.page
    .locator('[data-pane=composer]')
    .getByText(/offline/)
    .first()
    .waitFor();
  expect(await amelie.reply.inputValue()).toBe('It is 12 euros');
  expect(await amelie.page.locator('[data-pane=composer]').getByText('Web Chat').count()).toBeGreaterThan(0);
  await rowWith(tom, 'And how much is it?').getByText('Hors ligne').waitFor({ state: 'attached' });

  expect(amelie.problems).toEqual([]);
  expect(tom.problems).toEqual([]);
  await marc.end();
  await ann.end();
  await amelie.close();
  await tom.close();
});
