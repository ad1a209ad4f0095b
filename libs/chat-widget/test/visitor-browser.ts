import { axeViolations, eventually } from '@conversations/testing';
import type { Browser, BrowserContextOptions, FrameLocator, Locator, Page } from 'playwright-core';

/** One visitor's browser profile: an empty storage that its tabs share. */
export async function newVisitor(browser: Browser, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, locale: 'en-GB', ...options });
  return {
    context,
    visit: async (url: string): Promise<VisitorPage> => {
      const page = new VisitorPage(await context.newPage());
      await page.goto(url);
      return page;
    },
    close: () => context.close(),
  };
}

/** A host page with the widget on it, by what a person sees. */
export class VisitorPage {
  readonly launcher: Locator;
  readonly widget: FrameLocator;
  readonly field: Locator;
  readonly log: Locator;
  readonly sockets: string[] = [];
  /** What the console said as error, and what was thrown. */
  readonly problems: string[] = [];

  constructor(readonly page: Page) {
    this.launcher = page.locator('conversations-widget').getByRole('button');
    this.widget = page.frameLocator('conversations-widget iframe');
    this.field = this.widget.getByRole('textbox', { name: 'Message' });
    this.log = this.widget.getByRole('log');
    page.on('websocket', (socket) => this.sockets.push(socket.url()));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
    page.on('pageerror', (error) => this.problems.push(error.message));
  }

  async goto(url: string): Promise<void> {
    await this.page.goto(url);
    await this.launcher.waitFor();
  }

  async open(): Promise<void> {
    await this.launcher.click();
    await this.field.waitFor();
  }

  async write(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  /** The texts of the bubbles from top to bottom. */
  bubbles(): Promise<string[]> {
    return this.widget.locator('.bubble > [dir]').allTextContents();
  }

  async shows(texts: string[]): Promise<void> {
    await eventually(async () => {
      expect(await this.bubbles()).toEqual(texts);
    });
  }

  /** Every message is stored: nothing says that it is on its way. */
  async allSent(): Promise<void> {
    await eventually(async () => {
      expect(await this.log.getByText(/^(Sending…|Waiting for the connection|Envoi…)$/).count()).toBe(0);
      expect(await this.log.locator('time').count()).toBeGreaterThan(0);
    });
  }

  storedToken(): Promise<string | null> {
    return this.page.evaluate(() => localStorage.getItem('conversations:site_demo:token'));
  }

  /** Violations of axe-core in the host page and in the widget, empty when there are none. */
  async axe(): Promise<string[]> {
    const found: string[] = [];
    const widget = await (await this.page.locator('conversations-widget iframe').elementHandle())?.contentFrame();
    for (const frame of [this.page.mainFrame(), widget]) if (frame) found.push(...(await axeViolations(frame)));
    return found;
  }
}
