import type { DEMO_AGENTS } from '@conversations/testing';
import type { Page } from 'playwright-core';

export type Show = (page: Page) => Promise<unknown>;

export interface Screen {
  /** Null: nobody is signed in. Amélie when left out. */
  agent?: keyof typeof DEMO_AGENTS | null;
  show: Show;
}

/** What a server says that cannot reach a service. */
export const AWAY = { errors: [{ message: 'away', extensions: { code: 'UPSTREAM_UNAVAILABLE' } }] };
export const answering = (how: Parameters<Page['route']>[1]) => (page: Page) => page.route('**/graphql', how);
