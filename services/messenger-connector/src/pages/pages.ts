import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '@conversations/runtime';
import { type MessengerConfig, type MessengerPage, NO_PAGES, readMessengerConfig } from './messenger-config';

const LOOK_EVERY_MS = 1_000;

/** Apps and pages as the file tells them now. */
export class Pages {
  private config: MessengerConfig = NO_PAGES;
  private readonly listeners: (() => Promise<void>)[] = [];
  private timer: NodeJS.Timeout | undefined;
  private complaint: string | undefined;
  private untold = false;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly path: string | undefined,
    private readonly log: Logger,
  ) {}

  /** Reads the file, and again when it or a secret changes. Throws ConfigError, also for an app without a secret. */
  async start(): Promise<void> {
    if (this.path === undefined) {
      this.log.warn({}, 'messenger.no-pages');
      return;
    }
    this.config = await readMessengerConfig(this.path);
    this.log.info({ pages: this.config.pages.map(({ id }) => id) }, 'messenger.configured');
    this.timer = setInterval(() => {
      this.looking ??= this.look().finally(() => (this.looking = undefined));
    }, LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  /** Called after each change; what it throws is logged, and it is called again. */
  onChange(listener: () => Promise<void>): void {
    this.listeners.push(listener);
  }

  get apps(): MessengerConfig['apps'] {
    return this.config.apps;
  }
  get all(): readonly MessengerPage[] {
    return this.config.pages;
  }
  get graph(): MessengerConfig['graph'] {
    return this.config.graph;
  }

  find(pageId: string): MessengerPage | undefined {
    return this.config.pages.find(({ id }) => id === pageId);
  }

  /** A file that is being written, or wrong, changes nothing: what was read before stays. */
  private async look(): Promise<void> {
    try {
      const config = await readMessengerConfig(this.path ?? '');
      this.complaint = undefined;
      if (!this.untold && isDeepStrictEqual(config, this.config)) return;
      this.config = config;
      this.untold = true;
      for (const listener of this.listeners) await listener();
      this.untold = false;
      this.log.info({ pages: config.pages.map(({ id }) => id) }, 'messenger.configured');
    } catch (error) {
      const complaint = error instanceof Error ? error.message : String(error);
      if (complaint !== this.complaint) this.log.error({ err: error }, 'messenger.config-not-read');
      this.complaint = complaint;
    }
  }
}
