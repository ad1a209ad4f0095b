import {
  type AgentClient,
  DEMO_AGENTS,
  eventually,
  type Stack,
  startBrowser,
  startStack,
} from '@conversations/testing';
import type { Browser, Page } from 'playwright-core';
import { agentBrowser } from './agent-browser';

let stack: Stack;
let browser: Browser;
let tom: AgentClient;

beforeAll(async () => {
  stack = await startStack();
  [browser, tom] = await Promise.all([startBrowser(), stack.signIn('tom')]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await stack.stop();
}, 60_000);

async function visitor(text: string): Promise<string> {
  const widget = stack.widget();
  await widget.connect();
  await widget.write(text);
  await widget.close();
  return eventually(async () => {
    const found = (await tom.inbox()).find(({ lastMessage }) => lastMessage?.text === text);
    if (found === undefined) throw new Error(`no conversation with "${text}"`);
    return found.id;
  });
}
const replies = async (id: string) =>
  (await tom.thread(id)).timeline.flatMap((item) =>
    item.__typename === 'Message' && item.direction === 'OUTBOUND' ? [item.text] : [],
  );
const box = (page: Page) => page.locator('[data-pane=composer] textarea');
const log = (page: Page) => page.getByRole('log');

async function open(page: Page, id: string): Promise<Page> {
  await page.goto(`/inbox/${id}`);
  await box(page).waitFor();
  return page;
}
const refuseSending = (page: Page) =>
  page.route('**/graphql', (route) =>
    route.request().postData()?.includes('mutation SendMessage') === true ? route.abort() : route.fallback(),
  );

it('replies that could not be sent survive a reload and go out in order, once', async () => {
  const id = await visitor('Anybody there?');
  const { page } = await agentBrowser(browser, stack);
  await open(page, id);
  await refuseSending(page);
  for (const text of ['One', 'Two']) {
    await box(page).fill(text);
    await page.keyboard.press('Control+Enter');
    await log(page).getByText(text, { exact: true }).waitFor();
  }
  await page.reload();
  await log(page).getByText('Two', { exact: true }).waitFor();
  expect(await replies(id)).toEqual([]);
  await page.unroute('**/graphql');
  // After several tries that failed the next one is half a minute away.
  await eventually(async () => expect(await replies(id)).toEqual(['One', 'Two']), { timeoutMs: 60_000 });
  await page.reload();
  await log(page).getByText('Two', { exact: true }).waitFor();
  expect(await log(page).getByText('Two', { exact: true }).count()).toBe(1);
  await page.context().close();
}, 120_000);

it('two tabs have one draft and send a reply once, also when the sending tab is closed', async () => {
  const id = await visitor('Two tabs');
  const { page: one } = await agentBrowser(browser, stack);
  await open(one, id);
  const two = await open(await one.context().newPage(), id);
  await box(one).fill('typed in the first');
  await eventually(async () => expect(await box(two).inputValue()).toBe('typed in the first'));
  await refuseSending(one);
  await one.bringToFront();
  await box(one).focus();
  await one.keyboard.press('Control+Enter');
  await log(two).getByText('typed in the first').waitFor();
  await eventually(async () => expect(await box(two).inputValue()).toBe(''));
  await one.close();
  await eventually(async () => expect(await replies(id)).toEqual(['typed in the first']));
  await eventually(async () => expect(await log(two).getByText('typed in the first').count()).toBe(1));
  await two.context().close();
}, 120_000);

it('another agent in the same browser sees nothing of what was typed, and the first finds it again', async () => {
  const id = await visitor('Shared computer');
  const { page } = await agentBrowser(browser, stack, { agent: 'amelie' });
  await open(page, id);
  await box(page).fill('for nobody else');
  const signIn = async (agent: 'amelie' | 'tom') => {
    const { publicOrigin, demoPassword: password } = stack.installation;
    const answer = await page.context().request.post('/auth/login', {
      data: { email: DEMO_AGENTS[agent], password },
      headers: { origin: publicOrigin },
    });
    expect(answer.ok()).toBe(true);
    await open(page, id);
  };
  await signIn('tom');
  expect(await box(page).inputValue()).toBe('');
  await signIn('amelie');
  await eventually(async () => expect(await box(page).inputValue()).toBe('for nobody else'));
  await page.context().close();
}, 120_000);
