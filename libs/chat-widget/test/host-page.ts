import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HostPage {
  /** `http://localhost:<port>`, the origin of a shop that is not the gateway's. */
  origin: string;
  stop(): Promise<void>;
}

/** A shop with the strictest policy that the widget documents: its scripts and frames come from the gateway, nothing else does. */
export async function startHostPage(chatUrl: () => string): Promise<HostPage> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src ${chatUrl()}; frame-src ${chatUrl()}; require-trusted-types-for 'script'`,
    });
    const color = searchParams.get('color');
    response.end(`<!doctype html>
<html lang="${searchParams.get('lang') ?? 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Shoes</title></head>
<body>
<main><h1>Shoes</h1><p>Blue shoes, size 41.</p><p><a href="#size">Sizes</a></p></main>
<script async src="${chatUrl()}/widget.js" data-site="site_demo"${color === null ? '' : ` data-color="${color}"`}></script>
</body>
</html>`);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${String(port)}`,
    stop: () =>
      new Promise((stopped) => {
        server.closeAllConnections();
        server.close(() => {
          stopped();
        });
      }),
  };
}
