import { DEMO_AGENTS, eventually, type Stack, startBrowser, startStack } from '@conversations/testing';
import { Client } from 'pg';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { screenFaults } from './screen-faults';

let stack: Stack;
let browser: Browser;
let database: Client;
let conversationId: string;
const contexts: BrowserContext[] = [];
/** What the pages of a test complained about: policy violations, errors of scripts. */
const complaints: string[] = [];

beforeAll(async () => {
  stack = await startStack();
  const { host, port, adminUser, adminPassword, name } = stack.installation.database;
  database = new Client({ host, port, user: adminUser, password: adminPassword, database: name });
  await database.connect();
  browser = await startBrowser();
  const visitor = stack.widget();
  await visitor.connect();
  await visitor.write('Do you ship to Réunion?');
  await visitor.close();
  const { rows } = await database.query<{ id: string }>('SELECT id FROM conversation.conversation');
  conversationId = rows[0]!.id;
}, 120_000);
afterAll(async () => {
  await browser.close();
  await database.end();
  await stack.stop();
}, 60_000);
beforeEach(async () => {
  complaints.length = 0;
  await database.query('TRUNCATE gateway.login_attempt');
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
  // Requests that are refused and sockets that find nobody are logged by the browser itself; nothing else may be.
  const byBrowser = /^(Failed to load resource|WebSocket connection to )/;
  expect(complaints.filter((text) => !byBrowser.test(text))).toEqual([]);
});

async function newContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: stack.installation.publicOrigin,
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(30_000);
  contexts.push(context);
  context.on('page', (page) => {
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (line) => {
      if (['error', 'warning'].includes(line.type())) complaints.push(line.text());
    });
  });
  return context;
}

const newPage = async (options?: BrowserContextOptions): Promise<Page> => (await newContext(options)).newPage();

async function fillIn(page: Page, email: string, password = stack.installation.demoPassword): Promise<void> {
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
}

async function signInAt(page: Page, path: string, agent: keyof typeof DEMO_AGENTS = 'amelie'): Promise<void> {
  await page.goto(path);
  await fillIn(page, DEMO_AGENTS[agent]);
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}

const endSessions = () => database.query('UPDATE gateway.session SET expires_at = now()');
const signInHeading = (page: Page) => page.getByRole('heading', { name: 'Sign in' });
const expiredDialog = (page: Page) => page.getByRole('dialog', { name: 'Your session has ended' });
const replyField = (page: Page) => page.locator('[data-pane=composer] textarea');

test('a wrong password is said and leaves the field ready; the right one opens the page that was asked for', async () => {
  const page = await newPage();
  await page.goto('/settings');
  await signInHeading(page).waitFor();
  await fillIn(page, DEMO_AGENTS.amelie, 'not the password');
  await page.getByRole('alert').getByText('do not belong together').waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('password');
  // Typing replaces the refused password.
  await page.keyboard.type(stack.installation.demoPassword);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/settings');
  await page.getByText('Signed in as Amélie Laurent').waitFor();
});

test('the answer that nobody is signed in is read to its end: it keeps none of the browser’s few connections', async () => {
  const page = await newPage();
  const read = page.waitForEvent('requestfinished', (request) => request.url().endsWith('/auth/session'));
  await page.goto('/inbox');
  await page.getByLabel('Email address').waitFor();
  await read;
});

test('the form is one that password managers know', async () => {
  const page = await newPage();
  await page.goto('/');
  const inputs = page.locator('form input');
  await inputs.first().waitFor();
  const fields = await inputs.evaluateAll((all) =>
    all.map((input) => [input.getAttribute('type'), input.getAttribute('autocomplete')]),
  );
  expect(fields).toEqual([
    ['email', 'username'],
    ['password', 'current-password'],
  ]);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('email');
});

test('too many attempts say when to try again', async () => {
  const page = await newPage();
  await page.goto('/');
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const answered = page.waitForResponse('**/auth/login');
    await fillIn(page, DEMO_AGENTS.tom, `guess ${String(attempt)}`);
    expect((await answered).status()).toBe(401);
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  }
  await fillIn(page, DEMO_AGENTS.tom);
  await page.getByText(/Too many attempts. Try again in 1[45] minutes./).waitFor();
});

test('signing out leaves nothing of the inbox on the screen, in any tab', async () => {
  const context = await newContext();
  const page = await context.newPage();
  await signInAt(page, '/settings');
  const other = await context.newPage();
  await other.goto('/inbox');
  await other.locator(`a[data-conversation="${conversationId}"]`).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signInHeading(page).waitFor();
  await expiredDialog(other).waitFor();
  await page.reload();
  await signInHeading(page).waitFor();
  expect(await page.locator('a[data-conversation]').count()).toBe(0);
});

test('an ended session asks over the page; after signing in again the typed text is still there and goes out', async () => {
  const page = await newPage();
  await signInAt(page, `/inbox/${conversationId}`);
  await replyField(page).fill('Yes, within five days');
  await endSessions();
  await expiredDialog(page).waitFor();
  // Nothing of the page can be reached meanwhile, and Escape does not send the dialog away.
  await page.keyboard.press('Escape');
  await expiredDialog(page).waitFor();
  expect(await page.getByLabel('Email address').inputValue()).toBe(DEMO_AGENTS.amelie);
  await page.getByLabel('Password', { exact: true }).fill(stack.installation.demoPassword);
  await page.keyboard.press('Enter');
  await expiredDialog(page).waitFor({ state: 'detached' });
  expect(await replyField(page).inputValue()).toBe('Yes, within five days');
  await replyField(page).press('Control+Enter');
  await page.getByRole('log').getByText('Yes, within five days').waitFor();
  await eventually(async () => {
    const { rows } = await database.query('SELECT 1 FROM conversation.message WHERE text = $1', [
      'Yes, within five days',
    ]);
    expect(rows).toHaveLength(1);
  });
});

test('another agent who signs in at the same page gets a page of their own, without the text of the first', async () => {
  const page = await newPage();
  await signInAt(page, `/inbox/${conversationId}`);
  await replyField(page).fill('Amélie’s unfinished answer');
  await endSessions();
  await expiredDialog(page).waitFor();
  await fillIn(page, DEMO_AGENTS.tom);
  await replyField(page).waitFor();
  await eventually(async () => expect(await replyField(page).inputValue()).toBe(''));
  await page.goto('/settings');
  await page.getByText('Signed in as Tom Becker').waitFor();
});

test('a tab of another agent is loaded anew when a second agent signs in beside it', async () => {
  const context = await newContext();
  const first = await context.newPage();
  await signInAt(first, '/settings');
  const second = await context.newPage();
  await second.goto('/settings');
  await second.getByRole('button', { name: 'Sign out' }).click();
  await fillIn(second, DEMO_AGENTS.vera);
  await first.getByText('Signed in as Vera Novak').waitFor();
});

test('the theme is chosen in the settings, stays, and is there before the first paint', async () => {
  const page = await newPage({ colorScheme: 'light' });
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await signInAt(page, '/settings');
  expect(await background()).toBe('rgb(246, 246, 248)');
  await page.getByLabel('Dark').check();
  expect(await background()).toBe('rgb(17, 18, 22)');
  // The app itself is kept away: what the document alone draws is dark already.
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.reload();
  expect(await background()).toBe('rgb(17, 18, 22)');
  await page.unroute('**/assets/*.js');
  await page.reload();
  await page.getByLabel('As the computer').check();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await background()).toBe('rgb(17, 18, 22)');
});

test('the language follows the browser and can be chosen without a reload', async () => {
  const page = await newPage({ locale: 'fr-FR' });
  await page.goto('/settings');
  await page.getByRole('heading', { name: 'Connexion' }).waitFor();
  await page.getByLabel('Adresse e-mail').fill(DEMO_AGENTS.amelie);
  await page.getByLabel('Mot de passe').fill(stack.installation.demoPassword);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Réglages' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('fr-FR');
  await page.getByRole('combobox', { name: 'Langue' }).click();
  await page.getByRole('option', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  await page.reload();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
});

test('the keyboard map opens with ?, not while somebody types, and not when single keys are off', async () => {
  const page = await newPage();
  await signInAt(page, '/inbox');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await page.keyboard.press('?');
  await help.waitFor();
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  await page.getByPlaceholder('Search conversations').fill('why?');
  await page.keyboard.press('?');
  expect(await help.count()).toBe(0);
  await page.goto('/settings');
  await page.getByLabel('Single keys').uncheck();
  await page.getByRole('heading', { name: 'Settings' }).click();
  await page.keyboard.press('?');
  expect(await help.count()).toBe(0);
});

test('the four places are links with the present one marked; a new page takes the focus', async () => {
  const page = await newPage();
  await signInAt(page, '/inbox');
  const places = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
  await places.nth(3).waitFor();
  const marked = () => places.evaluateAll((links) => links.map((link) => link.getAttribute('aria-current')));
  expect(await marked()).toEqual(['page', null, null, null]);
  await places.nth(2).click();
  await page.getByRole('heading', { name: 'Agents' }).waitFor();
  expect(await marked()).toEqual([null, null, 'page', null]);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('page');
  await page.keyboard.press('Tab');
  expect(await page.title()).toMatch(/^(\(\d+\) )?Agents – Conversations$/);
});

test('under 760 px the places are a bar at the bottom and one pane is shown at a time', async () => {
  const page = await newPage({ viewport: { width: 390, height: 800 } });
  await signInAt(page, '/inbox');
  const bar = await page.getByRole('navigation', { name: 'Main' }).boundingBox();
  expect(bar!.y).toBeGreaterThan(700);
  expect(bar!.width).toBe(390);
  await page.locator(`a[data-conversation="${conversationId}"]`).click();
  await replyField(page).waitFor();
  expect(await page.getByRole('heading', { name: 'Inbox' }).isVisible()).toBe(false);
  await page.goBack();
  await page.getByRole('heading', { name: 'Inbox' }).waitFor();
  expect(await replyField(page).count()).toBe(0);
  // Nothing is wider than the window, down to 320 px.
  for (const path of ['/inbox', `/inbox/${conversationId}`, '/agents', '/settings', '/settings/profile']) {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(path);
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  }
});

test('the list’s width is moved by keyboard and remembered', async () => {
  const page = await newPage();
  await signInAt(page, '/inbox');
  const separator = page.getByRole('separator', { name: 'Width of the list' });
  await separator.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await separator.getAttribute('aria-valuenow')).toBe('372');
  await page.reload();
  expect(await separator.getAttribute('aria-valuenow')).toBe('372');
});

test('a server that does not answer is said before sign-in, and the page goes on by itself', async () => {
  const page = await newPage();
  await page.route('**/auth/session', (route) => route.abort());
  await page.goto('/inbox');
  await page.getByRole('heading', { name: 'The server does not answer' }).waitFor();
  await page.unroute('**/auth/session');
  await signInHeading(page).waitFor();
});

test('a newer page on the server is offered and taken without losing a draft', async () => {
  const page = await newPage();
  await signInAt(page, `/inbox/${conversationId}`);
  await replyField(page).fill('half a sentence');
  await page.route('**/version.json', (route) => route.fulfill({ json: { version: 'another-version' } }));
  await stack.services['graphql-gateway'][0]!.restart();
  // The page waits up to 15 s between two tries to come back.
  await page.getByText('There is a new version of this page').waitFor({ timeout: 45_000 });
  await page.unroute('**/version.json');
  await page.getByRole('button', { name: 'Reload' }).click();
  await replyField(page).waitFor();
  await eventually(async () => expect(await replyField(page).inputValue()).toBe('half a sentence'));
}, 120_000);

test('an admin invites somebody by a link that works once; the new agent is in the list and nobody else may invite', async () => {
  const admin = await newPage();
  await signInAt(admin, '/agents', 'admin');
  await admin.getByRole('button', { name: 'Invite' }).click();
  await admin.getByLabel('Email address').fill('tom@example.test');
  await admin.keyboard.press('Enter');
  await admin.getByText('Somebody with this address has an account already.').waitFor();
  await admin.getByLabel('Email address').fill('nina@example.test');
  await admin.keyboard.press('Enter');
  const link = await admin.getByLabel('Link').inputValue();
  expect(link).toMatch(new RegExp(`^${stack.installation.publicOrigin}/join#[A-Za-z0-9_-]{43}$`));
  await admin.getByRole('button', { name: 'Done' }).click();
  await admin.getByText('nina@example.test').waitFor();
  // Shown once: not in the page any more.
  expect(await admin.content()).not.toContain(link.split('#')[1]);

  const nina = await newPage();
  await nina.goto(link);
  await nina.getByLabel('Your name').fill('Nina New');
  await nina.getByLabel('Password').fill('short');
  await nina.keyboard.press('Enter');
  await nina.getByText('Choose a password of 12 to 200 characters').waitFor();
  await nina.getByLabel('Password').fill('a few words in a row');
  await nina.keyboard.press('Enter');
  // The token is gone from the address.
  await nina.waitForURL(`${stack.installation.publicOrigin}/inbox`);
  await nina.getByRole('heading', { name: 'Inbox', exact: true }).waitFor();
  await nina.goto('/agents');
  await nina.getByText('Only admins invite people').waitFor();
  await nina.getByText('Ask Alex Admin.').waitFor();
  expect(await nina.getByRole('button').count()).toBe(0);

  const late = await newPage();
  await late.goto(link);
  await late.getByLabel('Your name').fill('Somebody Else');
  await late.getByLabel('Password').fill('a few words in a row');
  await late.keyboard.press('Enter');
  await late.getByText('This invitation cannot be used any more').waitFor();

  await admin.reload();
  await admin.getByRole('listitem').filter({ hasText: 'Nina New' }).getByRole('button', { name: 'Deactivate' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click();
  await admin.getByRole('listitem').filter({ hasText: 'Nina New' }).getByText('No access').waitFor();
  await expiredDialog(nina).waitFor();
}, 120_000);

test('the last admin cannot give that up, and is told why', async () => {
  const page = await newPage();
  await signInAt(page, '/agents', 'admin');
  await page.getByRole('combobox', { name: 'Role of Alex Admin' }).click();
  await page.getByRole('option', { name: 'Viewer' }).click();
  await page.getByText('This is the last admin. Make somebody else admin first.').waitFor();
  await page.getByText('This is the last admin').waitFor();
  expect(await page.getByRole('combobox', { name: 'Role of Alex Admin' }).textContent()).toBe('Admin');
});

test('name and password are changed by their owner; a wrong current password is said at its field', async () => {
  const page = await newPage();
  await signInAt(page, '/settings/profile', 'vera');
  await page.getByLabel('Name').fill('Vera Nováková');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  await page.getByLabel('Current password').fill('not the password');
  await page.getByLabel('New password').fill('another few words');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('This is not your current password.').waitFor();
  expect(await page.getByLabel('Current password').getAttribute('aria-invalid')).toBe('true');
  await page.goto('/settings');
  await page.getByText('Signed in as Vera Nováková').waitFor();
});

test.each([
  ['light', 'en', 1440],
  ['dark', 'fr', 1440],
  ['light', 'x-long', 390],
  ['dark', 'x-long', 1000],
] as const)(
  'axe finds nothing on the %s screens in %s at %i px, and nothing is cut off',
  async (colorScheme, language, width) => {
    const page = await newPage({ colorScheme, viewport: { width, height: 900 } });
    await page.addInitScript((value) => localStorage.setItem('conversations.language', value), language);
    const found: string[] = [];
    const check = async (where: string) => {
      for (const fault of await screenFaults(page)) found.push(`${where}: ${fault}`);
    };
    await page.goto('/inbox');
    await page.locator('input[name=email]').fill(DEMO_AGENTS.admin);
    await check('sign-in');
    await page.locator('input[name=password]').fill(stack.installation.demoPassword);
    await page.keyboard.press('Enter');
    await page.locator('a[data-conversation]').first().waitFor();
    await check('/inbox');
    for (const path of ['/agents', '/settings', '/settings/profile', '/settings/installation', '/join#ended']) {
      await page.goto(path);
      await page.locator('h1').waitFor();
      await page.waitForLoadState('networkidle');
      await check(path);
    }
    expect(found).toEqual([]);
  },
  120_000,
);
