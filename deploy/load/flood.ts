import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { DEMO_SITE } from '@conversations/testing';
import { WebSocket } from 'ws';

/** Unread by the socket's other side; then the flood waits, or this process would fill its own memory. */
const MOST_BUFFERED = 1_000_000;
const COMES_BACK_AFTER_MS = 1_000;

/** One client that writes as fast as its socket takes, and comes back a second after each time it is closed. */
export function startFlood(chatUrl: string): { stop(): Promise<number> } {
  let running = true;
  const flooding = flood(chatUrl, () => running);
  return {
    /** How many times the client was closed. */
    stop: () => {
      running = false;
      return flooding;
    },
  };
}

async function flood(chatUrl: string, isRunning: () => boolean): Promise<number> {
  let closed = 0;
  while (isRunning()) {
    const socket = new WebSocket(`${chatUrl.replace('http', 'ws')}/chat`, {
      perMessageDeflate: false,
      headers: { origin: chatUrl },
    });
    // A socket that is closed while it writes reports that as an error as well.
    socket.on('error', () => undefined);
    await once(socket, 'open');
    socket.send(JSON.stringify({ t: 'hello', v: 1, site: DEMO_SITE, token: null, tab: 'flood', lastSeq: 0 }));
    await once(socket, 'message');
    for (let page = 0; isRunning() && socket.readyState === WebSocket.OPEN; page += 1) {
      socket.send(JSON.stringify({ t: 'page', url: `${chatUrl}/demo/${page}` }));
      if (socket.bufferedAmount > MOST_BUFFERED || page % 100 === 0) await delay(1);
    }
    if (socket.readyState !== WebSocket.OPEN) closed += 1;
    socket.terminate();
    if (isRunning()) await delay(COMES_BACK_AFTER_MS);
  }
  return closed;
}
