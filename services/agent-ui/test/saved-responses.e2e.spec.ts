import { type AgentClient, eventually, type Stack, startBrowser, startStack } from '@conversations/testing';
import type { Browser, Page } from 'playwright-core';
import { agentBrowser, type AgentBrowserOptions, type AgentScreen } from './agent-browser';

let stack: Stack;
let browser: Browser;
let admin: AgentClient;
const ends: (() => Promise<unknown>)[] = [];
const screens: AgentScreen[] = [];

beforeAll(async () => {
  stack = await startStack();
  ends.push(() => stack.stop());
  browser = await startBrowser();
  ends.push(() => browser.close());
  admin = await stack.signIn('admin');
  ends.push(() => admin.close());
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
  await screen.page.goto('/saved-responses');
  await screen.page.getByRole('heading', { level: 1 }).waitFor();
  return screen;
}

async function category(name: string): Promise<string> {
  const { createSavedResponseCategory } = await admin.request<{
    createSavedResponseCategory: { category: { id: string } };
  }>(
    `mutation ($input: CreateSavedResponseCategoryInput!) {
      createSavedResponseCategory(input: $input) { category { id } }
    }`,
    { input: { name } },
  );
  return createSavedResponseCategory.category.id;
}

async function response(title: string, body: string, categoryId: string | null = null): Promise<void> {
  await admin.request(
    'mutation ($input: CreateSavedResponseInput!) { createSavedResponse(input: $input) { errors { code } } }',
    { input: { title, body, categoryId } },
  );
}

const stored = async () => {
  const { savedResponses, savedResponseCategories } = await admin.request<{
    savedResponses: { nodes: { title: string; body: string; category: { name: string } | null }[] };
    savedResponseCategories: { name: string }[];
  }>('{ savedResponses { nodes { title body category { name } } } savedResponseCategories { name } }');
  return { responses: savedResponses.nodes, categories: savedResponseCategories.map(({ name }) => name) };
};
const textOf = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true });

test('a response that one agent writes is there for another without a reload', async () => {
  const [amelie, tom] = await Promise.all([open({ agent: 'amelie' }), open({ agent: 'tom' })]);
  await amelie.page.getByRole('button', { name: 'New response' }).click();
  await amelie.page.getByRole('button', { name: 'Create' }).click();
  await amelie.page.getByText('Give it a title.').waitFor();
  expect(await amelie.axe()).toEqual([]);
  await amelie.page.getByLabel('Title').fill('Opening hours');
  await textOf(amelie.page).fill('We are here from 9 to 5.');
  await amelie.page.getByRole('button', { name: 'Create' }).click();
  await tom.page.getByRole('button', { name: 'Opening hours' }).click();
  await eventually(async () => expect(await textOf(tom.page).inputValue()).toBe('We are here from 9 to 5.'));
  expect(await tom.axe()).toEqual([]);
});

test('two agents who change the same response see both versions and choose; nothing is overwritten unseen', async () => {
  await response('Refund', 'We refund within 30 days.');
  const [amelie, tom] = await Promise.all([open({ agent: 'amelie' }), open({ agent: 'tom', colorScheme: 'dark' })]);
  for (const { page } of [amelie, tom]) await page.getByRole('button', { name: 'Refund' }).click();
  await textOf(tom.page).fill('We refund within 14 days.');
  await textOf(amelie.page).fill('We refund within 60 days.');
  await amelie.page.getByRole('button', { name: 'Save', exact: true }).click();
  await tom.page.getByText('Amélie Laurent changed this response meanwhile.').waitFor();
  await tom.page.getByRole('button', { name: 'Save', exact: true }).click();
  const theirs = tom.page.getByRole('region', { name: 'Stored now' });
  await theirs.waitFor();
  expect(await theirs.locator('mark').allInnerTexts()).toEqual(['60']);
  expect(await tom.page.getByRole('region', { name: 'Yours' }).locator('mark').allInnerTexts()).toEqual(['14']);
  expect(await tom.axe()).toEqual([]);
  expect((await stored()).responses.find(({ title }) => title === 'Refund')?.body).toBe('We refund within 60 days.');
  await tom.page.getByRole('button', { name: 'Save mine' }).click();
  await eventually(async () => expect(await textOf(amelie.page).inputValue()).toBe('We refund within 14 days.'));
});

test('leaving with unsaved changes asks, and staying keeps them', async () => {
  await response('Greeting', 'Hello!');
  const { page } = await open({ agent: 'amelie' });
  await page.getByRole('button', { name: 'Greeting' }).click();
  await textOf(page).fill('Hello! How can I help?');
  await page.getByRole('link', { name: 'Settings' }).click();
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect(await textOf(page).inputValue()).toBe('Hello! How can I help?');
  await page.getByRole('link', { name: 'Settings' }).click();
  await question.getByRole('button', { name: 'Discard changes' }).click();
  await page.waitForURL('**/settings');
});

test('an admin orders categories by keyboard and deletes one after naming where its responses go; others see why not', async () => {
  const billing = await category('Billing');
  await category('Shipping');
  await response('Invoice', 'Your invoice is attached.', billing);
  const [view, other] = await Promise.all([
    open({ agent: 'admin' }),
    open({ agent: 'amelie', width: 400, height: 800 }),
  ]);
  await other.page.getByText('Categories are changed by admins only.').waitFor();
  expect(await other.page.getByRole('button', { name: 'Actions for Billing' }).count()).toBe(0);
  expect(await other.axe()).toEqual([]);
  const { page } = view;
  await page.getByRole('button', { name: 'Move Billing' }).focus();
  await view.press('ArrowDown');
  await eventually(async () => expect((await stored()).categories).toEqual(['Shipping', 'Billing']));
  await page.getByRole('button', { name: 'Actions for Billing' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const question = page.getByRole('dialog', { name: 'Delete the category Billing?' });
  await question.getByText('Its response moves to another category:').waitFor();
  await question.getByRole('button', { name: 'Delete' }).click();
  await question.waitFor({ state: 'detached' });
  const after = await stored();
  expect(after.categories).toEqual(['Shipping']);
  expect(after.responses.find(({ title }) => title === 'Invoice')?.category?.name).toBe('Shipping');
});

test('tags are put into a response by keyboard, and one that does not exist is marked and corrected', async () => {
  const view = await open({ agent: 'amelie', locale: 'fr-FR', width: 900 });
  const { page } = view;
  await page.getByRole('button', { name: 'Nouvelle réponse' }).click();
  const body = page.getByRole('textbox', { name: 'Texte', exact: true });
  await body.fill('Bonjour , {{contact.compny|chez vous}}');
  await body.evaluate((box: HTMLTextAreaElement) => box.setSelectionRange(8, 8));
  await page.getByRole('button', { name: 'Insérer une balise' }).focus();
  await view.press('Enter');
  await page.getByRole('menuitem', { name: 'Prénom de la personne' }).waitFor();
  expect(await view.axe()).toEqual([]);
  await view.press('Enter');
  await eventually(async () =>
    expect(await body.inputValue()).toBe('Bonjour {{contact.firstName}}, {{contact.compny|chez vous}}'),
  );
  await eventually(async () =>
    expect(await body.evaluate((box: HTMLTextAreaElement) => document.activeElement === box)).toBe(true),
  );
  const use = page.getByRole('button', { name: 'Utiliser {{contact.company|chez vous}}' });
  await use.waitFor();
  expect(await view.axe()).toEqual([]);
  await use.click();
  await use.waitFor({ state: 'detached' });
  expect(await body.inputValue()).toBe('Bonjour {{contact.firstName}}, {{contact.company|chez vous}}');
});
