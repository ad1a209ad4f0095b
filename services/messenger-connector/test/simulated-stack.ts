import { type DataOf, MessengerDeliveryChanged, SendMessenger } from '@conversations/contracts';
import { type GraphSimulator, type SimulatorOptions, startGraphSimulator } from '@conversations/graph-simulator';
import { newId } from '@conversations/runtime';
import { eventually, freePort } from '@conversations/testing';
import {
  APP,
  type ConnectorOptions,
  type ConnectorStack,
  PAGE,
  startConnector,
  type TestConfig,
} from './connector-stack';

/** The connector with Meta's side of it. */
export interface SimulatedStack extends ConnectorStack {
  simulator: GraphSimulator;
  /** The configuration for this simulator, with what is given. */
  configureSimulated(given?: Pick<TestConfig, 'pages' | 'apps'>): void;
  /** A person who wrote once, so that the window is open. */
  customer(name?: string): Promise<string>;
  /** Orders a reply as conversation does; resolves with its message id. */
  reply(psid: string, text: string, given?: Partial<DataOf<typeof SendMessenger>>): Promise<string>;
  /** The last report about a message. */
  report(messageId: string): Promise<DataOf<typeof MessengerDeliveryChanged> | undefined>;
  /** Waits for a report of that state. */
  reported(messageId: string, state: string): Promise<DataOf<typeof MessengerDeliveryChanged>>;
  /** What the simulated person got from the page, in its order. */
  received(psid: string): string[];
}

/** A delivery mark may overtake the answer. */
const ARRIVED = new Set(['DELIVERED', 'SEEN']);

interface SimulatedOptions extends ConnectorOptions {
  behaviour?: SimulatorOptions['behaviour'];
  timeoutSeconds?: number;
  humanAgent?: boolean;
}

export async function startSimulated(options: SimulatedOptions = {}): Promise<SimulatedStack> {
  const { behaviour, timeoutSeconds = 2, humanAgent = false, ...connectorOptions } = options;
  const webhookPort = await freePort();
  const simulator = await startGraphSimulator({
    apps: [{ ...APP, webhookUrl: `http://127.0.0.1:${webhookPort}/webhook` }],
    pages: [{ ...PAGE, appId: APP.id, humanAgent }],
    behaviour: behaviour ?? {},
  });
  const configOf = ({
    pages = [{ ...PAGE, humanAgent }],
    apps,
  }: Pick<TestConfig, 'pages' | 'apps'> = {}): TestConfig => ({
    ...(apps === undefined ? {} : { apps }),
    pages,
    graph: { baseUrl: simulator.url, timeoutSeconds, mediaOrigins: [simulator.url] },
  });
  try {
    const connector = await startConnector({ ...connectorOptions, webhookPort, config: configOf() });
    const received = (psid: string) =>
      simulator.world
        .thread(psid)
        .flatMap(({ from, text, appId }) => (from === 'page' && appId === APP.id ? [text] : []));
    const report = async (messageId: string) =>
      (await connector.told(MessengerDeliveryChanged)).filter((one) => one.messageId === messageId).at(-1);
    return {
      ...connector,
      simulator,
      received,
      report,
      configureSimulated: (given) => connector.configure(configOf(given)),
      customer: async (name = 'Ben') => {
        const { psid } = simulator.customers.create({ pageId: PAGE.id, firstName: name, lastName: 'Ito' });
        await simulator.customers.write(psid, { text: `${name} is here` });
        return psid;
      },
      reply: async (psid, text, given = {}) => {
        const closesAt = (simulator.world.person(psid).lastActionAt ?? 0) + 24 * 3_600_000;
        const command: DataOf<typeof SendMessenger> = {
          conversationId: `cnv_${psid.padStart(32, '0')}`,
          messageId: newId('msg'),
          attempt: 1,
          profileId: newId('mpr'),
          pageId: PAGE.id,
          threadKey: `messenger:${PAGE.id}:${psid}`,
          text,
          attachments: [],
          window: {
            closesAt: new Date(closesAt).toISOString(),
            humanAgentUntil: humanAgent ? new Date(closesAt + 6 * 24 * 3_600_000).toISOString() : null,
          },
          ...given,
        };
        await connector.messaging.publish(SendMessenger, command.conversationId, command);
        return command.messageId;
      },
      reported: (messageId, state) =>
        eventually(
          async () => {
            const found = (await connector.told(MessengerDeliveryChanged)).filter((one) => one.messageId === messageId);
            const last = found.findLast((one) => one.state === state || (state === 'SENT' && ARRIVED.has(one.state)));
            if (!last) throw new Error(`${messageId} is ${found.map((one) => one.state).join(', ') || 'not reported'}`);
            return last;
          },
          { timeoutMs: 30_000, everyMs: 100 },
        ),
      stop: async () => {
        await connector.stop();
        await simulator.stop();
      },
    };
  } catch (error) {
    await simulator.stop();
    throw error;
  }
}
