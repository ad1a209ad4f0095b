import { type AgentClient, eventually, type Stack, startBrowser, startStack } from '@conversations/testing';
import type { Browser, Page } from 'playwright-core';
import { agentBrowser, type AgentBrowserOptions, type AgentScreen } from './agent-browser';

let stack: Stack;
let browser: Browser;
let admin: AgentClient;
const ends: (() => Promise<unknown>)[] = [];
const screens: AgentScreen[] = [];

interface StoredStep {
  id: string;
  text?: string;
  note?: string | null;
  seconds?: number;
  open?: StoredStep[];
  closed?: StoredStep[];
}
interface StoredFlow {
  version: number;
  enabled: boolean;
  botName: string;
  steps: StoredStep[];
}

beforeAll(async () => {
  stack = await startStack();
  ends.push(() => stack.stop());
  browser = await startBrowser();
  ends.push(() => browser.close());
  admin = await stack.signIn('admin');
  ends.push(() => admin.close());
  const { agents } = await admin.request<{ agents: { id: string; email: string }[] }>('{ agents { id email } }');
  const tom = agents.find(({ email }) => email.startsWith('tom@'))!;
  await admin.request('mutation ($input: UpdateAgentInput!) { updateAgent(input: $input) { errors { code } } }', {
    input: { id: tom.id, role: 'ADMIN' },
  });
}, 120_000);

afterEach(async () => {
  for (const screen of screens.splice(0)) await screen.close();
});

afterAll(async () => {
  for (const end of ends.reverse()) await end();
}, 60_000);

async function open(options: AgentBrowserOptions): Promise<AgentScreen> {
  const screen = await agentBrowser(browser, stack, options);
  screens.push(screen);
  await screen.page.goto('/settings/automation');
  await screen.page.locator('[data-step]').first().waitFor();
  return screen;
}

const STEP = `__typename id ... on MessageStep { text } ... on WaitStep { seconds } ... on HandoffStep { note: text }`;
async function stored(): Promise<StoredFlow> {
  const { flow } = await admin.request<{ flow: StoredFlow }>(
    `{ flow: chatbotAutomation { version enabled botName steps { ${STEP} ... on AvailabilityStep { open { ${STEP} } closed { ${STEP} } } } } }`,
  );
  return flow;
}

/** Publishes messages over whatever there is. */
async function publish(...texts: string[]): Promise<number> {
  const { version } = await stored();
  const input = {
    ...{ expectedVersion: version, enabled: false, botName: 'Robin' },
    trigger: { kind: 'VISITOR_SENDS_FIRST_MESSAGE' },
    steps: texts.map((text) => ({ message: { id: text.split(' ')[0], text } })),
  };
  const { saved } = await admin.request<{ saved: { automation: { version: number }; errors: unknown[] } }>(
    `mutation ($input: SaveChatbotAutomationInput!) {
      saved: saveChatbotAutomation(input: $input) { automation { version } errors { code } } }`,
    { input },
  );
  expect(saved.errors).toEqual([]);
  return saved.automation.version;
}

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const boxes = (page: Page) => page.locator('[data-step] textarea');
const texts = (page: Page) => boxes(page).evaluateAll((all) => all.map((box) => (box as HTMLTextAreaElement).value));
const preview = (page: Page) => page.getByRole('region', { name: 'As a visitor sees it' });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
const names = (page: Page) =>
  page.locator('[data-step]').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));

async function drag(page: Page, handle: string, gap: string): Promise<void> {
  const from = (await page.getByRole('button', { name: handle }).boundingBox())!;
  const to = (await page.getByRole('button', { name: gap, exact: true }).boundingBox())!;
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + 20, from.y + 30, { steps: 4 });
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
  // The mark follows the pointer a moment later.
  const aimed = page.locator('[data-target]').filter({ has: page.locator(`[aria-label="${gap}"]`) });
  await aimed.waitFor({ state: 'attached' });
  await page.mouse.up();
}

test('an admin builds a flow by mouse and by keyboard, and another one sees it as it is published', async () => {
  const [alex, tom] = await Promise.all([
    open({ agent: 'admin', height: 1800 }),
    open({ agent: 'tom', colorScheme: 'dark' }),
  ]);
  const { page } = alex;
  expect(await names(page)).toEqual(['Step 1: Message', 'Step 2: Form', 'Step 3: Hand over']);

  // By mouse: a step between two others, and one in each of its branches.
  await press(page, 'Add a step before step 3');
  await page.getByRole('menuitem', { name: 'Opening hours' }).click();
  await card(page, 'Step 3: Opening hours').waitFor();
  await press(page, 'Add a step to “Open” of step 3');
  await page.getByRole('menuitem', { name: 'Wait' }).click();
  await card(page, 'Step 4: Wait').getByRole('textbox').fill('2');
  await press(page, 'Add a step to “Closed” of step 3');
  await page.getByRole('menuitem', { name: 'Message' }).click();
  await eventually(async () =>
    expect(await page.evaluate(() => document.activeElement?.closest('[data-step]')?.getAttribute('aria-label'))).toBe(
      'Step 5: Message',
    ),
  );
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.keyboard.type('We are closed.');
  await drag(page, 'Move step 2:', 'Add a step to “Open” of step 3');
  await eventually(async () =>
    expect(await names(page)).toEqual([
      ...['Step 1: Message', 'Step 2: Opening hours', 'Step 3: Wait', 'Step 4: Form', 'Step 5: Message'],
      'Step 6: Hand over',
    ]),
  );

  // The preview follows, with each branch.
  await preview(page).getByText('2 minutes later').waitFor();
  await preview(page).getByText('Where can we reach you').waitFor();
  await preview(page).getByText('Closed').click();
  await preview(page).getByText('We are closed.').waitFor();
  expect(await preview(page).getByText('2 minutes later').count()).toBe(0);
  expect(asked.filter((url) => url.endsWith('/graphql'))).toEqual([]);

  // By keyboard: in and out of branches, and the handle keeps the focus.
  await page.getByRole('button', { name: 'Move step 1:' }).focus();
  await alex.press('ArrowDown');
  await page.getByText('Message is now step 2, in “Open” of step 1.').waitFor();
  expect(await focused(page)).toMatch(/^Move step 2:/);
  await alex.press('ArrowUp');
  await page.getByText('Message is now step 1 of 6.').waitFor();
  expect(await focused(page)).toMatch(/^Move step 1:/);
  await page.getByRole('button', { name: 'Move step 5 up' }).focus();
  await alex.press('Enter');
  await page.getByText('Message is now step 5, in “Open” of step 2.').waitFor();
  expect(await focused(page)).toBe('Move step 5 up');
  await page.getByRole('button', { name: 'Move step 5 down' }).focus();
  await alex.press('Enter');
  await page.getByText('Message is now step 5, in “Closed” of step 2.').waitFor();
  expect(await focused(page)).toBe('Move step 5 down');

  // A deleted step can be brought back.
  await press(page, 'Delete step 2');
  await page.getByText('Opening hours is deleted, with 3 steps in it.').waitFor();
  expect(await names(page)).toEqual(['Step 1: Message', 'Step 2: Hand over']);
  expect(await focused(page)).toMatch(/^Move step 2:/);
  await press(page, 'Undo');
  await card(page, 'Step 5: Message').waitFor();

  // What cannot be published says why where it stands, and nothing is published.
  await boxes(page).first().fill(' ');
  await card(page, 'Step 3: Wait').getByRole('textbox').fill('');
  await press(page, 'Publish');
  await page.getByText('2 things keep it from being published.').waitFor();
  await card(page, 'Step 1: Message').getByText('Write what the bot says.').waitFor();
  await card(page, 'Step 3: Wait').getByText('A wait takes 1 second to 7 days.').waitFor();
  await eventually(async () =>
    expect(
      await boxes(page)
        .first()
        .evaluate((box) => document.activeElement === box),
    ).toBe(true),
  );
  expect(await alex.axe()).toEqual([]);
  expect((await stored()).version).toBe(1);
  await boxes(page).first().fill('Good morning!');
  await card(page, 'Step 3: Wait').getByRole('textbox').fill('90');
  await page.getByRole('switch', { name: 'Run the automation' }).check();
  await page.getByRole('switch', { name: 'Open at certain hours' }).check();
  await page.getByRole('textbox', { name: 'Monday, opens, period 1' }).fill('830');
  // It stands for a few seconds only.
  const told = tom.page.getByText('Alex Admin published version 2.').waitFor();
  await press(page, 'Publish');
  await page.getByText('Version 2 is published.').waitFor();
  expect(await stored()).toMatchObject({
    ...{ version: 2, enabled: true },
    steps: [
      { id: 'greeting', text: 'Good morning!' },
      { open: [{ seconds: 5_400 }, { id: 'address' }], closed: [{ text: 'We are closed.' }] },
      { id: 'hand-over' },
    ],
  });

  // The other admin, who only looked, sees it without a reload.
  await told;
  await eventually(async () => expect((await texts(tom.page))[0]).toBe('Good morning!'));
  expect(await tom.page.getByRole('textbox', { name: 'Monday, opens, period 1' }).inputValue()).toBe('08:30');
  expect([...alex.problems, ...tom.problems]).toEqual([]);
});

test('two admins who change it at once see what each did, and nothing is overwritten in silence', async () => {
  const version = await publish('hello there, how are you doing?', 'second step', 'third step');
  const [alex, tom] = await Promise.all([open({ agent: 'admin' }), open({ agent: 'tom', colorScheme: 'dark' })]);
  await boxes(tom.page).nth(0).fill('hello from Tom, how are you doing?');
  await press(tom.page, 'Delete step 3');
  await boxes(alex.page).nth(0).fill('hello from Alex, how are you doing?');
  await press(alex.page, 'Move step 3 up');
  await press(alex.page, 'Publish');
  await alex.page.getByText(`Version ${version + 1} is published.`).waitFor();

  await tom.page.getByText(`Alex Admin published version ${version + 1} while you were editing.`).waitFor();
  await press(tom.page, 'Publish');
  const theirs = tom.page.getByRole('region', { name: 'What Alex Admin changed' });
  const mine = tom.page.getByRole('region', { name: 'What you changed' });
  await theirs.waitFor();
  expect(await theirs.locator('strong').allInnerTexts()).toEqual(['Changed', 'Moved']);
  expect(await mine.locator('strong').allInnerTexts()).toEqual(['Changed', 'Removed']);
  expect(await theirs.locator('ins').allInnerTexts()).toEqual(['from Alex,']);
  expect(await mine.locator('ins').allInnerTexts()).toEqual(['from Tom,']);
  expect(await mine.getByText('Changed by both').count()).toBe(1);
  expect(await tom.axe()).toEqual([]);
  expect((await stored()).version).toBe(version + 1);
  await press(tom.page, `Publish mine over version ${version + 1}`);
  await tom.page.getByText(`Version ${version + 2} is published.`).waitFor();
  expect((await stored()).steps.map(({ text }) => text)).toEqual(['hello from Tom, how are you doing?', 'second step']);
  await eventually(async () =>
    expect(await texts(alex.page)).toEqual(['hello from Tom, how are you doing?', 'second step']),
  );
});

test('a version that was not heard of is refused by the server, and its content may be taken instead', async () => {
  const version = await publish('hello there', 'second step');
  const { page } = await open({ agent: 'tom' });
  let isAsked = false;
  await page.route('**/graphql', async (route) => {
    const body = route.request().postData() ?? '';
    isAsked ||= body.includes('mutation SaveAutomation');
    if (body.includes('query Automation(') && !isAsked) await route.abort();
    else await route.fallback();
  });
  await boxes(page).nth(1).fill('second step of Tom');
  await publish('hello again', 'second step');
  await press(page, 'Publish');
  const theirs = page.getByRole('region', { name: 'What Alex Admin changed' });
  await theirs.getByText('again').waitFor();
  expect(isAsked).toBe(true);
  await press(page, 'Take theirs');
  await eventually(async () => expect(await texts(page)).toEqual(['hello again', 'second step']));
  expect((await stored()).version).toBe(version + 1);
  // What was thrown away can be had back, and goes on upon the new version.
  await press(page, 'Undo');
  await press(page, 'Compare');
  await press(page, 'Edit mine further');
  expect(await texts(page)).toEqual(['hello there', 'second step of Tom']);
  await press(page, 'Publish');
  await page.getByText(`Version ${version + 2} is published.`).waitFor();
});

test('what is not published survives a reload, leaving asks, and offline nothing is lost', async () => {
  const version = await publish('hello there');
  const { page } = await open({ agent: 'admin' });
  await boxes(page).first().fill('hello, not yet');
  await page.getByRole('link', { name: 'Profile' }).click();
  const question = page.getByRole('dialog', { name: 'Leave without publishing?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('link', { name: 'Profile' }).click();
  await question.getByRole('button', { name: 'Leave' }).click();
  await page.waitForURL('**/settings/profile');
  await page.getByRole('link', { name: 'Automation' }).click();
  await eventually(async () => expect(await texts(page)).toEqual(['hello, not yet']));
  await page.reload();
  await eventually(async () => expect(await texts(page)).toEqual(['hello, not yet']));
  await page.context().setOffline(true);
  await press(page, 'Publish');
  await page.getByRole('alert').getByText('Your changes stay in this browser.').waitFor();
  await page.context().setOffline(false);
  await press(page, 'Publish');
  await page.getByText(`Version ${version + 1} is published.`).waitFor();
  expect((await stored()).steps).toMatchObject([{ text: 'hello, not yet' }]);
  await page.getByText('Not published').waitFor({ state: 'detached' });
});

test('an earlier version is read, compared and published again', async () => {
  const first = await publish('hello there');
  await publish('hello there', 'second step');
  const [alex, tom] = await Promise.all([open({ agent: 'admin' }), open({ agent: 'tom' })]);
  const { page } = alex;
  await press(page, 'Versions');
  const versions = page.getByRole('dialog', { name: 'Versions' });
  await versions.getByText('came with the installation').waitFor();
  expect(await alex.axe()).toEqual([]);
  await versions.getByRole('button', { name: `Version ${first} ` }).click();
  await page.getByText(`Version ${first} is an earlier one.`).waitFor();
  expect(await texts(page)).toEqual(['hello there']);
  expect(await boxes(page).first().getAttribute('readonly')).not.toBeNull();
  await page.getByText('What changed from it to the published version').click();
  await page.getByText('Added', { exact: true }).waitFor();
  expect(await alex.axe()).toEqual([]);
  await press(page, 'Publish it again');
  const question = page.getByRole('dialog', { name: `Publish version ${first} again?` });
  await question.getByRole('button', { name: 'Publish it again' }).click();
  await page.getByText(`Version ${first + 2} is published.`).waitFor();
  expect(await stored()).toMatchObject({ version: first + 2, steps: [{ text: 'hello there' }] });
  await eventually(async () => expect(await texts(tom.page)).toEqual(['hello there']));
});

test('a flow takes 100 steps and branches three deep, and says so where a step would be added', async () => {
  await publish(...Array.from({ length: 96 }, (_, index) => `m${index} says hello`));
  const { page } = await open({ agent: 'admin' });
  const add = async (place: string, kind: string) => {
    await press(page, place);
    await page.getByRole('menuitem', { name: kind }).click();
  };
  await add('Add a step before step 1', 'Opening hours');
  await add('Add a step to “Open” of step 1', 'Opening hours');
  await add('Add a step to “Open” of step 2', 'Opening hours');
  await press(page, 'Add a step to “Open” of step 3');
  const branch = page.getByRole('menuitem', { name: 'Opening hours' });
  await branch.getByText('Branches stand in one another at most 3 deep.').waitFor();
  expect(await branch.getAttribute('aria-disabled')).toBe('true');
  await page.getByRole('menuitem', { name: 'Message' }).click();
  await card(page, 'Step 4: Message').waitFor();
  await press(page, 'Add a step to “Closed” of step 1');
  await page.getByRole('menuitem', { name: 'Wait' }).getByText('A flow has at most 100 steps.').waitFor();
  expect(await page.locator('[data-step]').count()).toBe(100);
});

test('agents who are no admin read it and are told whom to ask', async () => {
  await publish('hello there');
  const view = await open({ agent: 'amelie', width: 390 });
  await view.page.getByText(/Only admins change the automation.*Ask .*Alex Admin/).waitFor();
  expect(await boxes(view.page).first().getAttribute('readonly')).not.toBeNull();
  for (const name of ['Publish', 'Add a step', 'Delete step 1'])
    expect(await view.page.getByRole('button', { name, exact: true }).count()).toBe(0);
  expect(await view.axe()).toEqual([]);
});

test.each([
  ['light', 'en-GB', 1440],
  ['dark', 'fr-FR', 1000],
  ['light', 'fr-FR', 390],
  ['dark', 'en-GB', 320],
] as const)('no violation of axe, and nothing too wide: %s, %s, %i px', async (colorScheme, locale, width) => {
  const view = await open({ agent: 'admin', colorScheme, locale, width });
  const { page } = view;
  await page.locator('[data-gap] [aria-haspopup=menu]').last().click();
  await page.getByRole('menuitem').nth(1).waitFor();
  expect(await view.axe()).toEqual([]);
  await page.getByRole('menuitem').nth(1).click();
  await page.locator('[data-step] [role=group]').waitFor();
  await page.locator('main header button').last().click();
  await page.locator('[data-wrong]').first().waitFor();
  expect(await view.axe()).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
});
