import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { eventually } from '@conversations/testing';
import { hello, openSocket, SHOP, startChat, type ChatStack } from './chat-stack';

let stack: ChatStack;
let url: string;
beforeAll(async () => {
  stack = await startChat({
    env: {
      CHAT_LIMIT_SOCKETS_PER_ADDRESS: '20',
      CHAT_LIMIT_UPGRADES_PER_MINUTE: '30',
      CHAT_LIMIT_MESSAGES_PER_MINUTE: '20',
      CHAT_TRUSTED_PROXIES: '127.0.0.1,::1',
    },
  });
  url = stack.urls[0] ?? '';
}, 60_000);
let worker: Worker | undefined;
afterAll(async () => {
  await worker?.terminate();
  await stack.stop();
});

let visitors = 0;

/** A visitor at an address of its own writes twice; resolves with the positions it was acked. */
async function writeTwice(): Promise<number[]> {
  visitors += 1;
  const socket = await openSocket(url, { headers: { 'X-Forwarded-For': `203.0.113.${String(visitors)}` } });
  socket.send(hello());
  const positions: number[] = [];
  for (const text of ['first', 'second']) {
    const clientId = randomUUID();
    socket.send({ t: 'send', clientId, text });
    positions.push(
      await eventually(() => {
        const ack = socket.frames.find((frame) => frame.t === 'ack' && frame.clientId === clientId);
        if (ack?.t !== 'ack') throw new Error(`no ack for "${text}"`);
        return ack.seq;
      }),
    );
  }
  socket.ws.terminate();
  return positions;
}

/** In a thread of its own, so that the flood takes nothing from the visitors who write. */
const FLOOD = `
  const { workerData, parentPort } = require('node:worker_threads');
  const { WebSocket } = require('ws');
  const codes = {};
  const again = (address) => {
    const ws = new WebSocket(workerData.url, { origin: workerData.origin, headers: { 'X-Forwarded-For': address } });
    let opened = false;
    ws.on('error', () => undefined);
    ws.on('unexpected-response', (request, response) => {
      codes[response.statusCode] = (codes[response.statusCode] ?? 0) + 1;
      request.destroy();
      setTimeout(again, 50, address);
    });
    ws.on('open', () => {
      opened = true;
      ws.send(workerData.hello);
      const pour = () => {
        if (ws.readyState !== ws.OPEN) return;
        for (let n = 0; n < 50; n += 1) ws.send('{"t":"typing","on":true}');
        for (let n = 0; n < 50; n += 1) ws.send('{"t":"page","url":"https://shop.example/' + Math.random() + '"}');
        setImmediate(pour);
      };
      pour();
    });
    ws.on('close', (code) => {
      codes[code] = (codes[code] ?? 0) + 1;
      // Also one that read too late to hear why it was closed.
      if (opened) again(address);
    });
  };
  for (const address of workerData.addresses) again(address);
  setInterval(() => parentPort.postMessage(codes), 50);
`;

test('security row 21: who floods frames and page visits is closed, and every visitor who writes meanwhile is acked in order', async () => {
  worker = new Worker(FLOOD, {
    eval: true,
    workerData: {
      url: `${url.replace('http', 'ws')}/chat`,
      origin: SHOP,
      hello: JSON.stringify(hello()),
      addresses: Array.from({ length: 30 }, (_, n) => `198.51.100.${String(n % 3)}`),
    },
  });
  let codes: Record<string, number> = {};
  worker.on('message', (counted: Record<string, number>) => (codes = counted));
  await eventually(() => expect(codes[4029]).toBeGreaterThan(5));
  for (let n = 0; n < 20; n += 1) expect(await writeTwice()).toEqual([1, 2]);
  // Three addresses, each with ten sockets at once and thirty upgrades each; then even the door is shut.
  await eventually(() => {
    expect(codes[429]).toBeGreaterThan(5);
    expect(codes[4029]).toBeGreaterThanOrEqual(90);
  });
  await worker.terminate();
}, 120_000);
