import { axeViolations, DEMO_AGENTS, eventually, type Stack } from '@conversations/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';

export interface AgentBrowserOptions {
  agent?: keyof typeof DEMO_AGENTS;
  locale?: string;
  colorScheme?: 'light' | 'dark';
  width?: number;
  height?: number;
}

/** An agent's browser, signed in, before its first page. */
export async function agentBrowser(
  browser: Browser,
  stack: Stack,
  { agent = 'amelie', locale = 'en-GB', colorScheme = 'light', width = 1440, height = 900 }: AgentBrowserOptions = {},
): Promise<AgentScreen> {
  const { publicOrigin, demoPassword } = stack.installation;
  const context = await browser.newContext({
    baseURL: publicOrigin,
    locale,
    colorScheme,
    viewport: { width, height },
    reducedMotion: 'reduce',
  });
  const answer = await context.request.post('/auth/login', {
    data: { email: DEMO_AGENTS[agent], password: demoPassword },
    headers: { origin: publicOrigin },
  });
  if (!answer.ok()) throw new Error(`sign-in of ${agent}: ${String(answer.status())}`);
  context.setDefaultTimeout(30_000);
  return new AgentScreen(context, await context.newPage());
}

/** What an agent sees and does in the inbox. */
export class AgentScreen {
  /** Messages of the browser about things that went wrong: scripts, policies. */
  readonly problems: string[] = [];

  constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('console', (line) => {
      if (line.type() === 'error') this.problems.push(line.text());
    });
  }

  get list() {
    return this.page.locator('[data-pane=list]');
  }

  get rows() {
    return this.list.locator('a[data-conversation]');
  }

  row(id: string) {
    return this.list.locator(`a[data-conversation="${id}"]`);
  }

  get log() {
    return this.page.getByRole('log');
  }

  get reply() {
    return this.page.locator('[data-pane=composer] textarea');
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(path);
    await this.rows
      .first()
      .or(this.list.getByText(/^(All answered|No conversation yet)$/))
      .first()
      .waitFor();
  }

  press(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }

  /** Where the keyboard is: a conversation's id, or the name of the pane. */
  focus(): Promise<string> {
    return this.page.evaluate(() => {
      const focused = document.activeElement;
      const row = focused?.getAttribute('data-conversation');
      if (row != null) return row;
      if (focused?.getAttribute('role') === 'log') return 'log';
      if (focused?.closest('[data-pane=composer]') != null) return 'composer';
      return focused?.tagName.toLowerCase() ?? 'nothing';
    });
  }

  async focusIs(expected: string): Promise<void> {
    await eventually(async () => expect(await this.focus()).toBe(expected));
  }

  async rowIds(): Promise<(string | null)[]> {
    return this.rows.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-conversation')));
  }

  /** What the rules of axe-core do not allow, empty when there is nothing. */
  axe(): Promise<string[]> {
    return axeViolations(this.page);
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
