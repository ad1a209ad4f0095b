import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { addControlApi } from './control-api';
import { Customers } from './customers';
import { Faults } from './faults';
import { GraphApi } from './graph-api';
import { addMediaRoutes } from './media-routes';
import { addPhoneRoutes } from './phone-routes';
import { SimulatorSettings, type SimulatorOptions } from './settings';
import { Webhooks } from './webhooks';
import { World } from './world';
import { keepWorld } from './world-file';

/** Meta's Graph API for Messenger, as far as the connector uses it, with customers that can be played. */
export interface GraphSimulator {
  /** E.g. `http://127.0.0.1:3010`; Graph's paths begin there with their version. */
  readonly url: string;
  readonly world: World;
  readonly customers: Customers;
  readonly faults: Faults;
  readonly webhooks: Webhooks;
  stop(): Promise<void>;
}

/** Larger than any attachment that is accepted, so that the refusal is Graph's and not this server's. */
const LARGEST_BODY = 40 * 1024 * 1024;

export async function startGraphSimulator(options: SimulatorOptions): Promise<GraphSimulator> {
  const settings = SimulatorSettings.parse(options);
  const world = new World(settings);
  const saveLast = settings.stateFile === undefined ? () => undefined : keepWorld(world, settings.stateFile);
  const faults = new Faults(settings.seed, () => world.changed());
  const webhooks = new Webhooks(world, faults, settings.behaviour);
  const server = Fastify({ bodyLimit: LARGEST_BODY, forceCloseConnections: true });
  const address = { url: settings.publicUrl ?? '' };
  const media = (id: string) => `${address.url}/media/${id}`;
  const picture = (psid: string) => `${address.url}/pictures/${psid}`;
  const customers = new Customers(world, webhooks, media);
  const graph = new GraphApi(world, webhooks, faults, { media, picture });

  addControlApi(server, { world, customers, faults, webhooks });
  addMediaRoutes(server, world);
  addPhoneRoutes(server);
  addGraphRoutes(server, graph);
  await server.listen({ host: settings.host, port: settings.port });
  const bound = server.server.address();
  const port = isAddress(bound) ? bound.port : settings.port;
  const url = `http://${settings.host === '0.0.0.0' ? 'localhost' : settings.host}:${port}`;
  if (address.url === '') address.url = url;
  return {
    ...{ url, world, customers, faults, webhooks },
    async stop() {
      webhooks.stop();
      world.clock.stop();
      await server.close();
      saveLast();
    },
  };
}

const isAddress = (bound: AddressInfo | string | null): bound is AddressInfo =>
  typeof bound === 'object' && bound !== null;

/** Graph reads bodies of any type, and its errors have a form of their own: so no parser of the framework. */
function addGraphRoutes(server: FastifyInstance, graph: GraphApi): void {
  void server.register((scope, _options, registered) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.route({
      method: ['GET', 'POST', 'DELETE'],
      url: '/*',
      handler: async ({ method, url, headers, body }, reply) =>
        graph.handle({ method, url, headers, body: Buffer.isBuffer(body) ? body : Buffer.alloc(0) }, reply),
    });
    registered();
  });
}
