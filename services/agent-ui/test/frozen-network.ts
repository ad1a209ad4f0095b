import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface FrozenNetwork {
  url: string;
  /** From now on nothing passes, in either direction, and nobody is told. */
  freeze(): void;
  /** New connections pass again; the old ones stay dead. */
  thaw(): void;
  stop(): Promise<void>;
}

/** A network between a page and the gateway that can die as a Wi-Fi does: without closing anything. `port`: 0 is any free one. */
export async function startProxy(target: string, port = 0): Promise<FrozenNetwork> {
  const { hostname, port: farPort } = new URL(target);
  const sockets = new Set<Socket>();
  let frozen = false;
  const server = createServer((near) => {
    sockets.add(near);
    near.on('error', () => near.destroy());
    if (frozen) return;
    const far = connect(Number(farPort), hostname);
    sockets.add(far);
    far.on('error', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    freeze: () => {
      frozen = true;
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
    thaw: () => {
      frozen = false;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
