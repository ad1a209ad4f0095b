import { eventually, signIdentity, type Stack, startBrowser, startStack } from '@conversations/testing';
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { agentBrowser, type AgentScreen } from './agent-browser';

jest.setTimeout(180_000);

let stack: Stack;
let browser: Browser;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  stack = await startStack({ env: { CHAT_OFFLINE_GRACE_SECONDS: '1', EMAIL_CHANNEL: 'off' } });
  ends.push(() => stack.stop());
  browser = await startBrowser();
  ends.push(() => browser.close());
}, 120_000);

afterAll(async () => {
  for (const end of ends.reverse()) await end();
}, 60_000);

/** A person on the demo shop, with the widget open. */
class Visitor {
  /** Everything the servers have told this person's browser. */
  readonly heard: string[] = [];

  private constructor(
    private readonly context: BrowserContext,
    private readonly page: Page,
    private readonly widget: FrameLocator,
  ) {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => this.heard.push(payload.toString('utf8'))),
    );
  }

  static async on(locale: string): Promise<Visitor> {
    const context = await browser.newContext({ locale, viewport: { width: 900, height: 700 } });
    const page = await context.newPage();
    const visitor = new Visitor(context, page, page.frameLocator('conversations-widget iframe'));
    await page.goto(`${stack.chatUrls[0] ?? ''}/demo`);
    await page.locator('conversations-widget').getByRole('button').click();
    return visitor;
  }

  async write(text: string): Promise<void> {
    const field = this.widget.getByRole('textbox');
    await field.fill(text);
    await field.press('Enter');
  }

  async sees(text: string): Promise<void> {
    await this.widget.getByRole('log').getByText(text).waitFor();
  }

  shown(): Promise<string> {
    return this.widget.locator('body').innerText();
  }

  leave(): Promise<void> {
    return this.page.close();
  }

  end(): Promise<void> {
    return this.context.close();
  }
}

/** An agent's screen in English or French, and what a test looks for on it. */
class Inbox {
  private constructor(
    readonly screen: AgentScreen,
    readonly words: typeof ENGLISH,
  ) {}

  static async of(agent: 'amelie' | 'tom', words: typeof ENGLISH): Promise<Inbox> {
    const inbox = new Inbox(await agentBrowser(browser, stack, { agent, locale: words.locale }), words);
    await inbox.goto();
    return inbox;
  }

  async goto(): Promise<void> {
    await this.screen.page.goto('/inbox');
    await this.screen.list.getByRole('heading').first().waitFor();
  }

  get dot() {
    return this.screen.page.getByTestId('unread-dot');
  }

  get composer() {
    return this.screen.page.locator('[data-pane=composer]');
  }

  row(text: string) {
    return this.screen.rows.filter({ hasText: text });
  }

  /** Opens it, and takes the pointer off the list, which stands still beneath one. */
  async open(text: string): Promise<void> {
    await this.row(text).click();
    await this.leaveList();
  }

  async leaveList(): Promise<void> {
    await this.screen.log.or(this.screen.page.getByText(this.words.nothingOpen)).first().hover();
  }

  async send(text: string): Promise<void> {
    await this.screen.reply.fill(text);
    await this.screen.reply.press('Control+Enter');
    await this.screen.log.getByText(text).waitFor();
  }

  /** Font weight of the name in a row: bold is 700. */
  weight(text: string): Promise<string> {
    return this.row(text)
      .locator('bdi')
      .evaluate((name) => getComputedStyle(name).fontWeight);
  }

  async showsUnread(text: string): Promise<void> {
    await this.dot.waitFor();
    expect(await rednessOf(this)).toBe('red');
    await this.row(text).getByText(this.words.unread).waitFor({ state: 'attached' });
    expect(await this.weight(text)).toBe('700');
  }

  async showsRead(text: string): Promise<void> {
    await this.dot.waitFor({ state: 'detached' });
    await this.row(text).getByText(this.words.unread).waitFor({ state: 'detached' });
    expect(await this.weight(text)).toBe('400');
  }

  /** What stands for presence beside the avatar of a row: a filled dot, or a ring around nothing. */
  async presence(text: string): Promise<'green dot' | 'hollow ring' | 'something else'> {
    return this.row(text)
      .locator('[aria-hidden]:empty')
      .first()
      .evaluate((mark) => {
        const { backgroundColor, boxShadow, borderRadius } = getComputedStyle(mark);
        const [red = 0, green = 0, blue = 0] = (backgroundColor.match(/\d+/g) ?? []).map(Number);
        if (borderRadius !== '50%') return 'something else';
        if (green > red + 50 && green > blue + 50 && boxShadow === 'none') return 'green dot';
        return red > 240 && green > 240 && blue > 240 && boxShadow.includes('inset') ? 'hollow ring' : 'something else';
      });
  }
}

const rednessOf = (inbox: Inbox) =>
  inbox.dot.evaluate((dot) => {
    const [red = 0, green = 0, blue = 0] = (getComputedStyle(dot).backgroundColor.match(/\d+/g) ?? []).map(Number);
    return red > green + 100 && red > blue + 100 ? 'red' : `${red} ${green} ${blue}`;
  });

const ENGLISH = {
  locale: 'en-GB',
  nothingOpen: 'No conversation is open',
  unread: 'Unread',
  online: 'Online',
  offline: 'Offline',
  chat: 'Web Chat',
  readBy: /Read by Amélie/,
  complete: 'Complete',
  reopen: 'Reopen',
  completedTab: 'Completed',
  completedMark: 'Completed',
  ownedBy: (name: string) => `Assigned to ${name}`,
  assignee: 'Assignee',
};
const FRENCH: typeof ENGLISH = {
  locale: 'fr-FR',
  nothingOpen: 'Aucune conversation affichée',
  unread: 'Non lue',
  online: 'En ligne',
  offline: 'Hors ligne',
  chat: 'Chat en ligne',
  readBy: /Lue par Amélie/,
  complete: 'Terminer',
  reopen: 'Rouvrir',
  completedTab: 'Terminées',
  completedMark: 'Terminée',
  ownedBy: (name: string) => `Attribuée à ${name}`,
  assignee: 'Responsable',
};

const FIRST = 'Do you ship to Réunion?';
const ANSWER = 'Yes, twice a week.';
const AGAIN = 'And how much is it?';
const FRENCH_QUESTION = 'Bonjour, puis-je payer en trois fois ?';
const FRENCH_ANSWER = 'Oui, sans frais.';

test('two agents share one inbox with an English and a French visitor', async () => {
  const amelie = await Inbox.of('amelie', ENGLISH);
  const tom = await Inbox.of('tom', FRENCH);
  const both = [amelie, tom];
  await amelie.screen.list.getByText('No conversation yet').waitFor();
  expect(await amelie.dot.count()).toBe(0);

  const ann = await Visitor.on('en-GB');
  const marc = await Visitor.on('fr-FR');

  // A visitor writes: red dot, bold row and green dot for both.
  await ann.write(FIRST);
  for (const agent of both) {
    await agent.showsUnread(FIRST);
    await agent.row(FIRST).getByText(agent.words.online).waitFor({ state: 'attached' });
    expect(await agent.presence(FIRST)).toBe('green dot');
    await eventually(async () => expect(await agent.screen.page.title()).toMatch(/^\(1\)/));
  }
  const id = await amelie.row(FIRST).getAttribute('data-conversation');

  // One opens it: Read for both, and by whom.
  await amelie.open(FIRST);
  await amelie.screen.log.getByText(amelie.words.readBy).waitFor();
  for (const agent of both) await agent.showsRead(FIRST);
  await tom.open(FIRST);
  await tom.screen.log.getByText(tom.words.readBy).waitFor();

  // She answers on Web Chat: it is in the widget, and both messages carry their channel.
  expect(await amelie.composer.getByText('Web Chat').count()).toBe(1);
  await amelie.send(ANSWER);
  await ann.sees(ANSWER);
  for (const agent of both)
    await eventually(async () =>
      expect(await agent.screen.log.getByText(agent.words.chat, { exact: true }).count()).toBe(2),
    );

  // The first who replies owns it; a reassignment is a line that no visitor sees.
  await amelie.screen.log.getByText(/Assigned to Amélie Laurent/).waitFor();
  for (const agent of both)
    await agent.row(ANSWER).getByText(agent.words.ownedBy('Amélie Laurent')).waitFor({ state: 'attached' });
  await tom.screen.page.getByRole('combobox', { name: /^Responsable : Amélie/ }).click();
  await tom.screen.page.getByRole('option', { name: /Tom/ }).first().click();
  await tom.leaveList();
  await amelie.screen.log.getByText(/^Tom Becker took over from Amélie Laurent/).waitFor();
  await tom.screen.log.getByText(/^Reprise par Tom Becker à la suite d’Amélie Laurent/).waitFor();
  // What she writes after it has arrived, so the line would have too.
  await amelie.send('Within nine days.');
  await ann.sees('Within nine days.');
  expect(await ann.shown()).not.toMatch(/Tom|Becker|Assigned|took over/);
  expect(ann.heard.filter((frame) => frame.includes(ANSWER))).not.toEqual([]);
  expect(ann.heard.filter((frame) => /Becker|[Aa]ssign/.test(frame))).toEqual([]);

  // The French visitor is a conversation of its own; who answers first owns that one.
  await marc.write(FRENCH_QUESTION);
  for (const agent of both) await agent.showsUnread(FRENCH_QUESTION);
  expect(await amelie.screen.rows.count()).toBe(2);
  await tom.open(FRENCH_QUESTION);
  await tom.send(FRENCH_ANSWER);
  await marc.sees(FRENCH_ANSWER);
  for (const agent of both) {
    await agent.showsRead(FRENCH_ANSWER);
    await agent.row(FRENCH_ANSWER).getByText(agent.words.ownedBy('Tom Becker')).waitFor({ state: 'attached' });
  }
  expect(await ann.shown()).not.toContain(FRENCH_ANSWER);

  // Complete: a check mark for both.
  await tom.open('Within nine days.');
  await amelie.screen.page.getByRole('button', { name: 'Complete', exact: true }).click();
  for (const agent of both) {
    await agent.screen.page.getByRole('button', { name: agent.words.reopen }).waitFor();
    await agent.screen.list.getByText(agent.words.completedTab, { exact: true }).first().click();
    await agent.row('Within nine days.').getByRole('img', { name: agent.words.completedMark }).waitFor();
    await agent.leaveList();
    await agent.goto();
    await eventually(async () => expect(await agent.screen.rowIds()).not.toContain(id));
  }

  // The visitor writes again: the same conversation is open and unread for both.
  await ann.write(AGAIN);
  for (const agent of both) {
    await agent.showsUnread(AGAIN);
    expect(await agent.row(AGAIN).getAttribute('data-conversation')).toBe(id);
    expect(await agent.row(AGAIN).getByRole('img', { name: agent.words.completedMark }).count()).toBe(0);
  }
  await amelie.open(AGAIN);
  await amelie.screen.log.getByText(FIRST).waitFor();
  await amelie.screen.log.getByText(/^Completed by Amélie Laurent .*opened again by .+ message$/i).waitFor();
  await amelie.screen.page.getByRole('button', { name: 'Complete', exact: true }).waitFor();

  // The visitor leaves while a reply is being written: hollow ring, and the composer says so and changes nothing.
  await amelie.composer.getByText(/, online now$/).waitFor();
  await amelie.screen.reply.fill('It is 12 euros');
  await ann.leave();
  for (const agent of both) {
    await agent.row(AGAIN).getByText(agent.words.offline).waitFor({ state: 'attached' });
    expect(await agent.presence(AGAIN)).toBe('hollow ring');
  }
  await amelie.composer.getByText(/, offline$/).waitFor();
  await amelie.composer.getByText('Shown when the visitor comes back').waitFor();
  expect(await amelie.screen.reply.inputValue()).toBe('It is 12 euros');
  const channel = amelie.screen.page.getByRole('combobox', { name: 'Channel of the reply' });
  expect(await channel.innerText()).toBe('Web Chat');
  // No address is known, so no other channel is offered, and the menu says why.
  await channel.click();
  const email = amelie.screen.page.getByRole('option', { name: /^Email/ });
  expect(await email.getAttribute('aria-disabled')).toBe('true');
  expect(await email.innerText()).toContain('this channel is not set up');

  expect(amelie.screen.problems).toEqual([]);
  expect(tom.screen.problems).toEqual([]);
  await marc.end();
  await ann.end();
  for (const agent of both) await agent.screen.close();
});

test('a known customer leaves while mail is not set up: the reply stays in the chat, and the menu says why', async () => {
  const tom = await Inbox.of('tom', ENGLISH);
  const widget = stack.widget();
  await widget.connect();
  await widget.write('Are you open on Sunday?');
  const customer = { name: 'Ann Keller', email: 'ann@keller.test' };
  widget.transmit({ t: 'identify', jwt: signIdentity(stack.installation, customer) });
  await tom.open('Are you open on Sunday?');
  await tom.composer.getByText('to Ann Keller, online now').waitFor();
  await tom.screen.reply.fill('Yes, until five');
  await widget.close();
  await tom.composer.getByText('to Ann Keller, offline').waitFor();
  await tom.composer.getByText('Shown when the visitor comes back').waitFor();
  const channel = tom.screen.page.getByRole('combobox', { name: 'Channel of the reply' });
  await channel.click();
  const email = tom.screen.page.getByRole('option', { name: /^Email/ });
  expect(await email.getAttribute('aria-disabled')).toBe('true');
  expect(await email.innerText()).toContain('this channel is not set up');
  await tom.screen.press('Escape');
  // Nothing else can be offered, so nothing asks.
  expect(await tom.composer.getByText(/instead\?$/).count()).toBe(0);
  expect(await channel.innerText()).toBe('Web Chat');
  expect(await tom.screen.reply.inputValue()).toBe('Yes, until five');
  await tom.screen.reply.press('Control+Enter');
  await tom.screen.log.getByText('Yes, until five').waitFor();
  await widget.connect();
  await eventually(() => expect(widget.thread.at(-1)?.text).toBe('Yes, until five'));
  await widget.close();
  await tom.screen.close();
});
