import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const LOWEST = 15_000;
/** Below the ports that systems give to outgoing connections: a client that reconnects to a killed server must not get its port. */
const HIGHEST = 32_000;
/** Jest's workers choose from ranges of their own, so that none takes what another is about to listen on. */
const RANGES = 4;
const RANGE = (HIGHEST - LOWEST) / RANGES;
const given = new Set<number>();

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'),
    );
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** True when nothing listens on the port of this machine's loopback addresses; browsers try both for `localhost`. */
export async function portIsFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '::1'));
}

/** A port that was free a moment ago, another one each time. Whoever listens on it checks that it is theirs. */
export async function freePort(): Promise<number> {
  const from = LOWEST + RANGE * (Number(process.env['JEST_WORKER_ID'] ?? 0) % RANGES);
  for (let tries = 0; tries < 200; tries += 1) {
    const port = randomInt(from, from + RANGE);
    if (given.has(port)) continue;
    given.add(port);
    if (await portIsFree(port)) return port;
  }
  throw new Error(`No free port between ${from} and ${from + RANGE}`);
}
