import { createHmac } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GraphSimulator, startGraphSimulator } from '@conversations/graph-simulator';
import { stringify } from 'yaml';

/** The app and the pages of the local stack; ids like Meta's, which no number can hold. */
export const DEMO_APP = '1517776481860111';
const PAGES = [
  { id: '104729104729104', name: 'Demo shop', humanAgent: false },
  { id: '205391205391205', name: 'Demo bakery', humanAgent: true },
];
/** Somebody to write as, at the first look at the page. */
const PEOPLE = [
  { firstName: 'Sofia', lastName: 'Rossi', profile: 'full' },
  { firstName: 'Lucas', lastName: 'Martin', profile: 'name' },
] as const;

export interface LocalMessenger {
  simulator: GraphSimulator;
  /** Of the page on which a person plays the customer. */
  url: string;
  /** For messenger-connector's MESSENGER_CONFIG_FILE. */
  configFile: string;
}

export interface LocalMessengerOptions {
  port: number;
  webhookPort: number;
  /** For the configuration and the files of its secrets, and for what the simulator knows. */
  folder: string;
  /** What the secrets are made from, so that they stay the same. */
  secret: string;
  /** Remembers people and messages for the next start. */
  remember: boolean;
}

/** Starts the simulator in place of Meta, and writes the configuration with which messenger-connector finds it. */
export async function provideMessenger(options: LocalMessengerOptions): Promise<LocalMessenger> {
  const { port, webhookPort, folder } = options;
  const url = `http://localhost:${port}`;
  const secretFor = (what: string) => createHmac('sha256', options.secret).update(`Messenger: ${what}`).digest('hex');
  const app = { id: DEMO_APP, secret: secretFor('app secret'), verifyToken: secretFor('verify token') };
  const pages = PAGES.map((page) => ({ ...page, token: secretFor(`token of page ${page.id}`) }));
  mkdirSync(folder, { recursive: true });
  const simulator = await startGraphSimulator({
    port,
    publicUrl: url,
    // The ids of a later start must not be those of an earlier one, whose conversations are still there.
    seed: Math.floor(Date.now() / 1_000),
    apps: [{ ...app, webhookUrl: `http://localhost:${webhookPort}/webhook` }],
    pages: pages.map((page) => ({ ...page, appId: app.id })),
    ...(options.remember ? { stateFile: join(folder, 'simulator.json') } : {}),
  });
  if (simulator.world.people.size === 0) {
    for (const person of PEOPLE) simulator.customers.create({ ...person, pageId: PAGES[0]?.id ?? '' });
  }

  const write = (file: string, content: string) => {
    writeFileSync(join(folder, file), content, { mode: 0o600 });
    return file;
  };
  const config = {
    apps: [
      {
        id: app.id,
        secretFile: write('app-secret', app.secret),
        verifyTokenFile: write('verify-token', app.verifyToken),
      },
    ],
    pages: pages.map(({ id, name, humanAgent, token }) => ({
      ...{ id, name, humanAgent, app: app.id },
      tokenFile: write(`page-${id}-token`, token),
    })),
    graph: { baseUrl: simulator.url, mediaOrigins: [url] },
  };
  return { simulator, url, configFile: join(folder, write('messenger.yaml', stringify(config))) };
}
