import { eventually, type MessengerStack, startBrowser, startMessengerStack } from '@conversations/testing';
import type { Browser } from 'playwright-core';
import { agentBrowser, type AgentBrowserOptions, type AgentScreen } from './agent-browser';
import { PNG } from './screens';

jest.setTimeout(120_000);

const HOUR_MS = 3_600_000;
const PATIENCE = { timeout: 20_000 };

let messenger: MessengerStack;
let browser: Browser;
const screens: AgentScreen[] = [];

beforeAll(async () => {
  messenger = await startMessengerStack({ env: { MESSENGER_PROBE_SECONDS: '0.2' } });
  browser = await startBrowser();
}, 120_000);

afterEach(async () => {
  messenger.simulator.world.clock.reset();
  messenger.simulator.faults.disarm();
  for (const screen of screens.splice(0)) await screen.close();
});

afterAll(async () => {
  await browser?.close();
  await messenger?.stop();
}, 60_000);

async function inbox(options?: AgentBrowserOptions): Promise<AgentScreen> {
  const screen = await agentBrowser(browser, messenger.stack, options);
  screens.push(screen);
  await screen.goto('/inbox');
  return screen;
}

/** Somebody with the page on their phone. */
function person(firstName: string) {
  const { customers, world } = messenger.simulator;
  const { psid } = customers.create({ pageId: messenger.page.id, firstName, lastName: 'Lefèvre' });
  return {
    psid,
    write: (text: string) => customers.write(psid, { text }),
    received: () => world.thread(psid).filter(({ from }) => from === 'page'),
  };
}

async function openRow(screen: AgentScreen, text: string): Promise<void> {
  await screen.rows.filter({ hasText: text }).click(PATIENCE);
  await screen.log.getByText(text).first().waitFor();
  await screen.reply.waitFor();
}

async function answer(screen: AgentScreen, text: string): Promise<void> {
  await screen.reply.fill(text);
  await screen.reply.press('Control+Enter');
}

const bubble = (screen: AgentScreen, text: string) => screen.log.locator('article').filter({ hasText: text }).last();
const channelOf = (screen: AgentScreen) => screen.page.getByRole('combobox', { name: 'Channel of the reply' });

test('a signed webhook brings a row; Messenger is preselected with the time left; the answer is marked as delivered and as seen', async () => {
  const admin = await messenger.stack.signIn('admin');
  await admin.request(
    'mutation ($input: CreateSavedResponseInput!) { createSavedResponse(input: $input) { errors { code } } }',
    { input: { title: 'Stock', body: 'It is back in stock.' } },
  );
  await admin.close();
  const screen = await inbox();
  const zoe = person('Zoé');
  await zoe.write('Is the blue one back?');
  const row = screen.rows.filter({ hasText: 'Is the blue one back?' });
  await row.waitFor(PATIENCE);
  await row.getByRole('img', { name: 'Messenger' }).waitFor();
  await row.getByText('Zoé Lefèvre').waitFor(PATIENCE);
  await openRow(screen, 'Is the blue one back?');
  await bubble(screen, 'Is the blue one back?').getByText('Messenger', { exact: true }).waitFor();
  expect(await channelOf(screen).innerText()).toContain('Messenger');
  await screen.page.getByText(/^23\sh 5\d\smin left to reply$/).waitFor();
  await screen.press('Control+k');
  await screen.page.getByRole('option', { name: 'Stock' }).waitFor();
  await screen.press('Enter');
  await eventually(async () => expect(await screen.reply.inputValue()).toBe('It is back in stock.'));
  await screen.reply.press('Control+Enter');
  const sent = bubble(screen, 'It is back in stock.');
  await sent.getByText('Delivered').waitFor(PATIENCE);
  expect(zoe.received().map(({ text }) => text)).toEqual(['It is back in stock.']);
  await messenger.simulator.customers.read(zoe.psid);
  await sent.getByText('Seen').waitFor(PATIENCE);
  expect(await screen.axe()).toEqual([]);
  expect(screen.problems).toEqual([]);
});

test('a picture comes in and a picture goes out', async () => {
  const { customers } = messenger.simulator;
  const screen = await inbox();
  const lea = person('Léa');
  await lea.write('This is mine');
  await openRow(screen, 'This is mine');
  const photo = customers.addMedia({ type: 'image', contentType: 'image/png', fileName: 'scratch.png', bytes: PNG });
  await customers.write(lea.psid, { attachments: [photo] });
  const picture = screen.log.locator('img[src*="inline=image"]');
  await eventually(async () =>
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0),
  );
  await screen.page
    .locator('[data-pane=composer] input[type=file]')
    .setInputFiles({ name: 'new-one.png', mimeType: 'image/png', buffer: PNG });
  await answer(screen, 'This is what it looks like new');
  await bubble(screen, 'This is what it looks like new').getByText('Delivered').waitFor(PATIENCE);
  const [text, file] = lea.received();
  expect(text?.text).toBe('This is what it looks like new');
  expect(file?.attachments).toMatchObject([{ kind: 'media', media: { type: 'image', bytes: PNG } }]);
});

test('reactions, edits and messages that were taken back are shown as they are now', async () => {
  const { customers } = messenger.simulator;
  const screen = await inbox();
  const max = person('Max');
  const first = await max.write('I want two of them');
  await openRow(screen, 'I want two of them');
  const second = await max.write('My card is 4111');
  await screen.log.getByText('My card is 4111').waitFor(PATIENCE);
  await answer(screen, 'Gladly');
  await bubble(screen, 'Gladly').getByText('Delivered').waitFor(PATIENCE);
  await customers.react(max.psid, max.received()[0]!.mid, '❤');
  await customers.edit(max.psid, first.mid, 'I want three of them');
  await customers.unsend(max.psid, second.mid);
  await bubble(screen, 'Gladly').getByRole('img', { name: 'Reaction: ❤' }).waitFor(PATIENCE);
  await bubble(screen, 'I want three of them')
    .getByText(/Edited/)
    .waitFor(PATIENCE);
  await screen.log.getByText('The person took this message back.').waitFor(PATIENCE);
  expect(await screen.log.getByText('4111').count()).toBe(0);
  expect(await screen.axe()).toEqual([]);
});

test('after 24 hours the composer is closed with the reason and keeps the draft; it opens as soon as the person writes', async () => {
  const { clock } = messenger.simulator.world;
  const screen = await inbox();
  await screen.page.clock.install();
  const ida = person('Ida');
  await ida.write('Do you repair them, too?');
  await openRow(screen, 'Do you repair them, too?');
  await screen.reply.fill('Yes, bring it to');
  clock.moveBy(21 * HOUR_MS);
  await screen.page.clock.fastForward(21 * HOUR_MS);
  await screen.page.getByText(/^You can reply until .+ \(2\sh 5\d\smin left\)\.$/).waitFor(PATIENCE);
  clock.moveBy(4 * HOUR_MS);
  await screen.page.clock.fastForward(4 * HOUR_MS);
  const closed = screen.page.getByText(
    /^The 24-hour reply window closed .+ You can answer again as soon as Ida writes a new message\.$/,
  );
  await closed.waitFor(PATIENCE);
  await screen.page.getByText('Yes, bring it to').waitFor();
  expect(await screen.reply.count()).toBe(0);
  expect(await screen.axe()).toEqual([]);
  await ida.write('Are you still there?');
  await screen.log.getByText('Are you still there?').waitFor(PATIENCE);
  await screen.reply.waitFor(PATIENCE);
  expect(await screen.reply.inputValue()).toBe('Yes, bring it to');
  await closed.waitFor({ state: 'detached' });
  await answer(screen, 'Yes, bring it to the shop');
  await bubble(screen, 'Yes, bring it to the shop').getByText('Delivered').waitFor(PATIENCE);
});

test('an answer that Facebook refuses as too late says so, and is sent again once the person has written', async () => {
  const screen = await inbox();
  const ben = person('Ben');
  await ben.write('What does it weigh?');
  await openRow(screen, 'What does it weigh?');
  messenger.simulator.faults.arm({ kind: 'graph-error', code: 10, subcode: 2018278, times: 1 });
  await answer(screen, 'Four kilos');
  const refused = bubble(screen, 'Four kilos');
  await refused.getByText('Not sent: the 24-hour reply window has closed.').waitFor(PATIENCE);
  await screen.page.getByText(/You can answer again as soon as Ben writes a new message\.$/).waitFor(PATIENCE);
  await refused.getByRole('button', { name: 'Try again' }).click();
  await screen.page.getByText('Not done: the 24-hour reply window has closed.').waitFor();
  await ben.write('Hello?');
  await screen.reply.waitFor(PATIENCE);
  await refused.getByRole('button', { name: 'Try again' }).click();
  await refused.getByText('Delivered').waitFor(PATIENCE);
  expect(ben.received().map(({ text }) => text)).toEqual(['Four kilos']);
});

test('after Complete the next message begins a new conversation; the old one says why it is not opened again', async () => {
  const screen = await inbox({ locale: 'fr-FR', colorScheme: 'dark' });
  const eva = person('Eva');
  await eva.write('Merci beaucoup');
  await openRow(screen, 'Merci beaucoup');
  const old = screen.page.url();
  await screen.page.getByRole('button', { name: 'Terminer' }).click();
  await screen.page.getByRole('button', { name: 'Rouvrir' }).waitFor();
  // The button changes before the server has answered; this line comes from there.
  await screen.log.getByText(/Terminée par Amélie/).waitFor();
  await eva.write('Encore une question');
  await openRow(screen, 'Encore une question');
  expect(screen.page.url()).not.toBe(old);
  expect(await screen.log.getByText('Merci beaucoup').count()).toBe(0);
  await screen.page.goto(old);
  await screen.page.getByRole('button', { name: 'Rouvrir' }).click();
  await screen.page.getByText(/une conversation plus récente avec cette personne est ouverte/).waitFor();
  await screen.page.getByRole('button', { name: 'Rouvrir' }).waitFor();
  expect(await screen.axe()).toEqual([]);
});

test('a page that cannot send any more tells open composers, and admins why; with its health they open again', async () => {
  const page = messenger.simulator.world.page(messenger.page.id);
  const [agent, admin] = await Promise.all([inbox(), inbox({ agent: 'admin' })]);
  const kim = person('Kim');
  await kim.write('Which sizes are there?');
  for (const screen of [agent, admin]) await openRow(screen, 'Which sizes are there?');
  page.tokenRevoked = true;
  for (const screen of [agent, admin])
    await screen.page.getByText('You cannot answer here now: this channel cannot send.').waitFor(PATIENCE);
  await agent.reply.fill('All of them');
  expect(await agent.page.getByRole('link', { name: 'See why' }).count()).toBe(0);
  expect(await agent.axe()).toEqual([]);
  await admin.page.getByRole('link', { name: 'See why' }).click();
  await admin.page
    .getByText(/Facebook refuses the page’s token/)
    .first()
    .waitFor();
  await admin.page.getByText(`${messenger.stack.installation.publicOrigin}/webhook`).waitFor();
  page.tokenRevoked = false;
  await agent.page.getByText(/^You cannot answer here now/).waitFor({ state: 'detached', ...PATIENCE });
  // Sooner than the settings ask by themselves.
  await admin.page
    .getByText(/Facebook refuses the page’s token/)
    .first()
    .waitFor({ state: 'detached', timeout: 10_000 });
  await agent.reply.press('Control+Enter');
  await bubble(agent, 'All of them').getByText('Delivered').waitFor(PATIENCE);
});
