import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GraphSimulator, SimulatorOptions } from '@conversations/graph-simulator';
import { removeFolderWithParent } from './guarded-process';
import { type Stack, type StackOptions, startStack } from './stack';

const APP = { id: '900100200', secret: 'secret-of-the-app-of-tests', verifyToken: 'verify-token-of-tests' };
const PAGE = { id: '104729104729', name: 'Demo shop', token: 'page-token-of-tests' };

export interface MessengerStackOptions extends StackOptions {
  /** How the simulator behaves. */
  behaviour?: SimulatorOptions['behaviour'];
}

export interface MessengerStack {
  stack: Stack;
  simulator: GraphSimulator;
  page: typeof PAGE;
  app: typeof APP;
  stop: () => Promise<void>;
}

/** The whole product, with the simulator in Meta's place. */
export async function startMessengerStack(given: MessengerStackOptions = {}): Promise<MessengerStack> {
  const { behaviour = {}, ...options } = given;
  // Only here: most tests need no simulator, and it takes a while to load.
  const { startGraphSimulator } = await import('@conversations/graph-simulator');
  const folder = mkdtempSync(join(tmpdir(), 'conversations-messenger-stack-'));
  removeFolderWithParent(folder);
  // Where the webhook is, is known once the stack runs.
  const simulator = await startGraphSimulator({
    apps: [{ ...APP, webhookUrl: 'http://127.0.0.1:9/webhook' }],
    pages: [{ ...PAGE, appId: APP.id }],
    behaviour,
  });
  try {
    const write = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return name;
    };
    const config = {
      apps: [
        {
          id: APP.id,
          secretFile: write('secret', APP.secret),
          verifyTokenFile: write('verify-token', APP.verifyToken),
        },
      ],
      pages: [{ id: PAGE.id, name: PAGE.name, app: APP.id, tokenFile: write('page-token', PAGE.token) }],
      graph: { baseUrl: simulator.url, timeoutSeconds: 5, mediaOrigins: [simulator.url] },
    };
    const configFile = join(folder, write('messenger.yaml', JSON.stringify(config)));
    const stack = await startStack({ ...options, env: { ...options.env, MESSENGER_CONFIG_FILE: configFile } });
    const app = simulator.world.apps.get(APP.id);
    if (app) app.webhookUrl = stack.webhookUrls[0] ?? '';
    const stop = async () => {
      await stack.stop();
      await simulator.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    return { stack, simulator, page: PAGE, app: APP, stop };
  } catch (error) {
    await simulator.stop();
    throw error;
  }
}
