import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createLogger } from '@conversations/runtime';
import { type Stack, startStack } from '@conversations/testing';
import Fastify, { type FastifyInstance } from 'fastify';
import { serveAgentUi } from '../src/serve-agent-ui';

const SCRIPT = `console.warn(${JSON.stringify('inbox '.repeat(500))});`;
const DOCUMENT =
  '<!doctype html><title>Conversations</title><script type="module" src="/assets/index-a1b2.js"></script>';

let folder: string;
let server: FastifyInstance;

/** The pages alone, on real files; what the gateway puts before them is tested on the whole stack below. */
async function start(files: Record<string, string>): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'agent-ui-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  server = Fastify();
  await serveAgentUi(server, folder, createLogger('test', { level: 'silent' }));
}

async function stop(): Promise<void> {
  await server.close();
  rmSync(folder, { recursive: true });
}

const get = (url: string, headers: Record<string, string> = {}) => server.inject({ method: 'GET', url, headers });

describe('the built pages', () => {
  afterEach(stop);
  beforeEach(() =>
    start({
      'index.html': DOCUMENT,
      'theme.js': 'void 0;',
      'version.json': '{"version":"a1b2"}',
      'assets/index-a1b2.js': SCRIPT,
      'assets/index-a1b2.css': 'body{margin:0}',
    }),
  );

  it.each([
    '/',
    '/inbox',
    '/inbox/cnv_0193',
    '/inbox?status=COMPLETED',
    '/saved-responses',
    '/agents',
    '/settings',
    '/settings/profile',
    '/join',
  ])('%s is the one document, asked for again at each visit', async (path) => {
    const answer = await get(path);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe(DOCUMENT);
    expect(answer.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
  });

  it('hashed files may be kept for ever, all others not', async () => {
    expect((await get('/assets/index-a1b2.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await get('/version.json')).headers['cache-control']).toBe('no-cache');
    expect((await get('/theme.js')).headers).toMatchObject({
      'cache-control': 'no-cache',
      'content-type': 'text/javascript; charset=utf-8',
    });
  });

  it('files go out zipped to browsers that take that, and plain to others', async () => {
    const zipped = await get('/assets/index-a1b2.js', { 'accept-encoding': 'gzip, br' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(zipped.headers['vary']).toBe('Accept-Encoding');
    expect(gunzipSync(zipped.rawPayload).toString()).toBe(SCRIPT);
    const plain = await get('/assets/index-a1b2.js');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body).toBe(SCRIPT);
    expect(plain.headers['etag']).not.toBe(zipped.headers['etag']);
  });

  it('a browser that has the newest document gets no second copy', async () => {
    const first = await get('/inbox');
    const again = await get('/inbox', { 'if-none-match': String(first.headers['etag']) });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
    expect((await get('/inbox', { 'if-none-match': '"older"' })).statusCode).toBe(200);
  });

  it.each([
    '/no-such-page',
    '/inbox/a/b',
    '/assets/gone-c3d4.js',
    '/assets',
    '/index.html',
    '/../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/.env',
  ])('%s is not there', async (path) => {
    const answer = await get(path);
    expect(answer.statusCode).toBe(404);
    expect(answer.body).not.toContain('<script');
  });

  it('HEAD says what GET would', async () => {
    const answer = await server.inject({ method: 'HEAD', url: '/inbox' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-length']).toBe(String(DOCUMENT.length));
    expect(answer.body).toBe('');
  });
});

it('without a build every page says how to make one', async () => {
  await start({ 'notes.txt': 'no document here' });
  const answer = await get('/inbox');
  expect(answer.statusCode).toBe(503);
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(answer.body).toContain('npm run build');
  await stop();
});

describe('on a whole stack', () => {
  let stack: Stack;
  let url: string;
  beforeAll(async () => {
    stack = await startStack({ replicas: { 'chat-gateway': 0 } });
    url = stack.gatewayUrls[0]!;
  }, 120_000);
  afterAll(() => stack.stop());

  it('every answer carries the policy that runs own scripts only and makes no HTML from strings', async () => {
    const page = await fetch(`${url}/inbox/cnv_0193`);
    expect(page.status).toBe(200);
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? 'none';
    for (const path of ['/inbox', '/version.json', script, '/no-such-page']) {
      const { headers } = await fetch(`${url}${path}`);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'self'; script-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('the page and version.json name the same version', async () => {
    const page = await (await fetch(`${url}/inbox`)).text();
    const { version } = (await (await fetch(`${url}/version.json`)).json()) as { version: string };
    expect(version).toMatch(/^[A-Za-z0-9_-]{16}$/);
    expect(page).toContain(`<meta name="ui-version" content="${version}">`);
  });

  it('an address that is no page is not there', async () => {
    const answer = await fetch(`${url}/no-such-page`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/json');
  });
});
