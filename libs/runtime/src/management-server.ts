import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Health } from './health';
import type { Metrics } from './metrics';

export interface ManagementServer {
  port: number;
  close(): Promise<void>;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * `/livez` answers while the event loop turns, whatever else is broken: a restart cures nothing but a stuck process.
 * `/readyz` is 503 while a check fails or the process drains, and says which.
 */
export async function startManagementServer(options: {
  host: string;
  port: number;
  health: Health;
  metrics: Metrics;
}): Promise<ManagementServer> {
  const { health, metrics } = options;
  const answer = async (path: string | undefined, response: ServerResponse): Promise<void> => {
    const send = (status: number, type: string, body: string) => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    };
    if (path === '/livez') return send(200, JSON_TYPE, '{"alive":true}');
    if (path === '/metrics') return send(200, metrics.contentType, await metrics.text());
    if (path !== '/readyz') return send(404, JSON_TYPE, '{"error":"not found"}');
    const report = await health.readiness();
    send(report.ready ? 200 : 503, JSON_TYPE, JSON.stringify(report));
  };
  const server = createServer((request, response) => {
    answer(request.url?.split('?')[0], response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
