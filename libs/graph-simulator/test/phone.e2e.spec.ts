import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { axeViolations, eventually, startBrowser } from '@conversations/testing';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { GraphCaller } from './graph-caller';
import { PAGE, type Simulated, startSimulated } from './receiver';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let browser: Browser;
let simulated: Simulated;
beforeAll(async () => {
  browser = await startBrowser();
}, 120_000);
afterAll(() => browser.close());
beforeEach(async () => {
  simulated = await startSimulated();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await simulated.stop();
});

/** What a visitor of the page asks other servers for, and what went wrong in it. */
async function openPhone(options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1180, height: 860 }, ...options });
  const page = await context.newPage();
  const foreign: string[] = [];
  const problems: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(simulated.simulator.url) && !request.url().startsWith('data:'))
      foreign.push(request.url());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(simulated.simulator.url);
  return { page, foreign, problems };
}

async function createPerson(page: Page, firstName: string) {
  await page.getByLabel('First name').fill(firstName);
  await page.getByLabel('Last name').fill('Rossi');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('button', { name: new RegExp(`^${firstName} Rossi`) }).waitFor();
}

const items = () => simulated.receiver.items();
const psidOf = () => [...simulated.simulator.world.people.keys()][0] ?? '';
const graph = () => new GraphCaller(simulated.simulator.url);

test('a person writes, edits, reacts, sends a picture and unsends, with the keyboard alone', async () => {
  const { page, foreign, problems } = await openPhone();
  await createPerson(page, 'Sofia');
  const field = page.getByRole('textbox', { name: 'Message' });
  await field.focus();
  await page.keyboard.type('Helo');
  await page.keyboard.press('Enter');
  await eventually(() => expect(items().at(-1)).toMatchObject({ message: { text: 'Helo' } }));

  const actions = page.getByRole('button', { name: 'Actions for “Helo”' });
  await actions.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Edit' }).focus();
  await page.keyboard.press('Enter');
  await eventually(async () => expect(await field.inputValue()).toBe('Helo'));
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Hello');
  await page.keyboard.press('Enter');
  await eventually(() => expect(items().at(-1)).toMatchObject({ message_edit: { text: 'Hello', num_edit: 1 } }));
  await page.getByText('Edited').waitFor();

  await graph().send(psidOf(), { text: 'Hi Sofia, how can we help?' });
  await page.getByRole('button', { name: 'Actions for “Hi Sofia, how can we help?”' }).press('Enter');
  await page.getByRole('button', { name: 'React with ❤️' }).press('Enter');
  await eventually(() => expect(items().some(({ reaction }) => reaction?.action === 'react')).toBe(true));

  await page.locator('input[type=file]').setInputFiles({ name: 'jacket.png', mimeType: 'image/png', buffer: PNG });
  await page.getByRole('img', { name: 'jacket.png' }).waitFor();
  // Not the newest: that the page's message was read is told at a moment of its own.
  const sent = () => items().map(({ message }): unknown => message?.attachments);
  await eventually(() => expect(sent().filter(Boolean)).toMatchObject([[{ type: 'image' }]]));

  await page.getByRole('button', { name: 'Actions for “Hello”' }).press('Enter');
  await page.getByRole('button', { name: 'Unsend' }).press('Enter');
  await page.getByText('You unsent a message').waitFor();
  await eventually(() => expect(items().some(({ message }) => message?.is_deleted === true)).toBe(true));
  expect([foreign, problems]).toEqual([[], []]);
}, 60_000);

test("the page's answer shows as delivered, and as seen once the person looks", async () => {
  const { page } = await openPhone();
  await createPerson(page, 'Sofia');
  await page.getByLabel('Answers are seen as soon as they show here').uncheck();
  await page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await eventually(() => expect(items()).toHaveLength(1));
  await graph().send(psidOf(), { text: 'Hi' });
  await page.getByText('Delivered').waitFor();
  await page.getByLabel('Answers are seen as soon as they show here').check();
  await page.getByText('Seen', { exact: true }).waitFor();
  await eventually(() => expect(items().at(-1)).toHaveProperty('read'));
}, 60_000);

test('the clock closes the window, and a fault happens to the next send', async () => {
  const { page } = await openPhone();
  await createPerson(page, 'Sofia');
  await page.getByText('The window opens with your first message.').waitFor();
  await page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await page.keyboard.press('Enter');
  await page.getByText('The page may answer for another 24 h.').waitFor();
  await page.getByRole('button', { name: '+25 h' }).click();
  await page.getByText('The window is closed: the page cannot answer.').waitFor();
  expect((await graph().send(psidOf(), { text: 'late' })).json.error).toMatchObject({ error_subcode: 2018278 });
  await page.getByRole('button', { name: 'Back to now' }).click();
  await page.getByText('Real time').waitFor();
  await page.getByRole('button', { name: 'Next send: error 500' }).click();
  await page.getByText('1 fault waits').waitFor();
  expect((await graph().send(psidOf(), { text: 'x' })).status).toBe(500);
  await page.getByText('No fault waits').waitFor();
  await page.getByLabel('Token revoked').check();
  await eventually(() => expect(simulated.simulator.world.page(PAGE.id).tokenRevoked).toBe(true));
}, 60_000);

const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  (['en-GB', 'fr-FR'] as const).flatMap((locale) => [1180, 360].map((width) => ({ colorScheme, locale, width }))),
);
test.each(looks)(
  'nothing keeps anybody out: $colorScheme, $locale, $width wide',
  async (look) => {
    const { customers } = simulated.simulator;
    const sofia = customers.create({ pageId: PAGE.id, firstName: 'Sofia', lastName: 'Rossi' });
    customers.create({ pageId: PAGE.id, firstName: 'Lucas', lastName: 'Martin', profile: 'name' });
    const picture = customers.addMedia({ type: 'image', contentType: 'image/png', fileName: 'jacket.png', bytes: PNG });
    await customers.write(sofia.psid, { text: 'Hi, is the blue jacket in stock?' });
    await graph().send(sofia.psid, { text: 'Yes, in every size. Shall I put one aside for you?' });
    const { mid } = await customers.write(sofia.psid, { text: 'Please do!', attachments: [picture] });
    await customers.react(sofia.psid, simulated.simulator.world.thread(sofia.psid)[1]?.mid ?? '', '❤');
    await customers.unsend(sofia.psid, (await customers.write(sofia.psid, { text: 'oops' })).mid);
    await customers.edit(sofia.psid, mid, 'Please do, size M.');

    const { colorScheme, locale, width } = look;
    const { page, problems } = await openPhone({ colorScheme, locale, viewport: { width, height: 900 } });
    await page.getByText('Please do, size M.').waitFor();
    await page.locator('.dots').nth(1).click();
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(sideways).toBeLessThanOrEqual(0);
    expect(await axeViolations(page)).toEqual([]);
    const folder = process.env['SCREENSHOTS_DIR'];
    if (folder !== undefined) {
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `phone-${colorScheme}-${locale}-${width}.png`), fullPage: true });
    }
    expect(problems).toEqual([]);
  },
  60_000,
);
