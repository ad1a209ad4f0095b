import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Logger } from '@conversations/runtime';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const FOR_EVER = 'public, max-age=31536000, immutable';
/** Kept, but asked for again each time: the answer is 304 until a new build is served. */
const ASK_AGAIN = 'no-cache';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** Addresses of pages: all get the one document, which knows the rest. */
const PAGES = [
  '/',
  '/inbox',
  '/inbox/:conversationId',
  '/saved-responses',
  '/agents',
  '/settings',
  '/settings/:section',
  '/join',
];

const NOT_BUILT = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Conversations</title></head>
<body><h1>The agents’ pages are not built</h1><p>Run <code>npm run build</code>, then start the gateway again.</p></body>
</html>
`;

interface Served {
  type: string;
  body: Buffer;
  /** Null when it would not be smaller. */
  zipped: Buffer | null;
  etag: string;
  caching: string;
}

const zip = promisify(gzip);

async function read(folder: string, name: string): Promise<Served> {
  const body = readFileSync(join(folder, name));
  const type = TYPES[extname(name)] ?? 'application/octet-stream';
  const zipped = await zip(body, { level: 9 });
  return {
    type,
    body,
    zipped: zipped.length < body.length * 0.95 ? zipped : null,
    etag: createHash('sha256').update(body).digest('base64url').slice(0, 22),
    // Files under assets/ carry the hash of their content in their name.
    caching: name.startsWith('assets/') ? FOR_EVER : ASK_AGAIN,
  };
}

/** The built files by path, `index.html` as the document of every page; empty when nothing was built. */
async function readBuild(folder: string): Promise<Map<string, Served>> {
  if (!existsSync(join(folder, 'index.html'))) return new Map();
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
  return new Map(await Promise.all(names.map(async (name) => [name, await read(folder, name)] as const)));
}

/** Answers with a file, zipped when the browser takes that, or 304 when the browser has it. */
function send(request: FastifyRequest, reply: FastifyReply, file: Served): FastifyReply {
  const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') ? file.zipped : null;
  const etag = `"${file.etag}${zipped === null ? '' : '-gz'}"`;
  void reply.headers({
    'content-type': file.type,
    'cache-control': file.caching,
    vary: 'Accept-Encoding',
    etag,
  });
  if (request.headers['if-none-match']?.split(/, */).includes(etag) === true) return reply.code(304).send();
  if (zipped === null) return reply.send(file.body);
  return reply.header('content-encoding', 'gzip').send(zipped);
}

/**
 * Serves the agents' pages from memory: every page is one document, other files are found by their exact name and nothing
 * else is looked up. The headers of every answer (Content-Security-Policy and the like) are set by guardHttp.
 */
export async function serveAgentUi(fastify: FastifyInstance, folder: string, log: Logger): Promise<void> {
  const files = await readBuild(folder);
  const document = files.get('index.html');
  if (document === undefined) log.error({ folder }, 'agent-ui.not-built');
  for (const page of PAGES)
    fastify.get(page, (request, reply) =>
      document === undefined
        ? reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT)
        : send(request, reply, document),
    );
  for (const [name, file] of files)
    if (name !== 'index.html') fastify.get(`/${name}`, (request, reply) => send(request, reply, file));
}
