import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findRepositoryRoot } from '@conversations/runtime';
import type { FastifyInstance } from 'fastify';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Messenger simulator</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/phone/style.css">
</head>
<body>
<div id="app"></div>
<script src="/phone/app.js"></script>
</body>
</html>
`;

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** The page on which a person plays the customer; its script and style are made by the build. */
export function addPhoneRoutes(server: FastifyInstance): void {
  const built = (file: string) =>
    readFile(join(findRepositoryRoot(), 'dist', 'libs', 'graph-simulator', 'phone', file), 'utf8');
  server.get('/', (_request, reply) =>
    reply.header('Content-Security-Policy', POLICY).type('text/html; charset=utf-8').send(PAGE),
  );
  server.get('/phone/app.js', async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(await built('app.js')),
  );
  server.get('/phone/style.css', async (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(await built('style.css')),
  );
}
