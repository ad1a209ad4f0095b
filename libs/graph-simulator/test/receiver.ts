import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { sign, type SimulatorOptions, startGraphSimulator } from '@conversations/graph-simulator';

export const APP_SECRET = 'the secret of the app';
export const PAGE = { id: '104104104104104', token: 'token of the shop' };
export const OTHER_PAGE = { id: '205205205205205', token: 'token of the bakery' };
export const APP_ID = '1517776481860111';

export interface Received {
  raw: string;
  signature: string;
  signatureFits: boolean;
  json: {
    object: string;
    entry: { id: string; time: number; messaging?: Item[]; standby?: Item[] }[];
  };
}
// What stands in a delivery is what the tests assert.
type Item = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

/** A webhook of an app: keeps what arrives and answers as it is told. */
export async function startReceiver() {
  const received: Received[] = [];
  const state = { status: 200, delayMs: 0, challenge: true };
  const server = createServer((request, response) => {
    void (async () => {
      const body = await buffer(request);
      if (request.method === 'GET') {
        const { searchParams } = new URL(request.url ?? '', 'http://receiver');
        const known = searchParams.get('hub.verify_token') === 'verify me' && state.challenge;
        response.writeHead(known ? 200 : 403).end(known ? searchParams.get('hub.challenge') : '');
        return;
      }
      const signature = String(request.headers['x-hub-signature-256']);
      received.push({
        raw: body.toString(),
        signature,
        signatureFits: signature === sign(body, APP_SECRET),
        json: JSON.parse(body.toString()),
      });
      if (state.delayMs > 0) await new Promise((done) => setTimeout(done, state.delayMs));
      response.writeHead(state.status).end();
    })();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    received,
    state,
    /** Everything in `messaging`, in the order of arrival. */
    items: () => received.flatMap(({ json }) => json.entry.flatMap(({ messaging = [] }) => messaging)),
    stop: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

/** The simulator with two pages, and one webhook. Quiet: echoes follow their answers. */
export async function startSimulated(overrides: Partial<SimulatorOptions> = {}) {
  const receiver = await startReceiver();
  const { behaviour, ...others } = overrides;
  const simulator = await startGraphSimulator({
    seed: 7,
    apps: [{ id: APP_ID, secret: APP_SECRET, webhookUrl: receiver.url, verifyToken: 'verify me' }],
    pages: [
      { ...PAGE, name: 'Demo shop', appId: APP_ID, humanAgent: true },
      { ...OTHER_PAGE, name: 'Demo bakery', appId: APP_ID },
    ],
    behaviour: { echoFirst: 0, batchMs: 0, deliveryMs: 0, deadlineMs: 20_000, ...behaviour },
    ...others,
  });
  return {
    simulator,
    receiver,
    async stop() {
      await simulator.stop();
      await receiver.stop();
    },
  };
}
export type Simulated = Awaited<ReturnType<typeof startSimulated>>;
