import { AgentClient, eventually, type Stack, startStack } from '@conversations/testing';
import { Client } from 'pg';
import { graphql, post, RawSocket } from './raw-requests';

let stack: Stack;
let url: string;
let database: Client;
const json = { 'content-type': 'application/json' };
const email = 'amelie@example.test';

beforeAll(async () => {
  stack = await startStack({ replicas: { 'graphql-gateway': 2, 'chat-gateway': 0 } });
  url = stack.gatewayUrls[0]!;
  const { host, port, adminUser, adminPassword, name } = stack.installation.database;
  database = new Client({ host, port, user: adminUser, password: adminPassword, database: name });
  await database.connect();
}, 120_000);
afterAll(async () => {
  await database.end();
  await stack.stop();
});
beforeEach(() => database.query('TRUNCATE gateway.login_attempt'));

const login = (credentials: object, headers: Record<string, string> = {}, at = url) =>
  post(`${at}/auth/login`, JSON.stringify(credentials), { ...json, ...headers });
const cookieOf = (answer: { headers: Headers }) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
const session = (cookie: string, at = url) => fetch(`${at}/auth/session`, { headers: { cookie } });

it('signs in with an HttpOnly cookie, says who it is, and signs out', async () => {
  const password = stack.installation.demoPassword;
  const answer = await login({ email: email.toUpperCase(), password });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ agent: { email, displayName: 'Amélie Laurent', role: 'AGENT' } });
  const [setCookie] = answer.headers.getSetCookie();
  expect(setCookie).toMatch(/^conversations-session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax; Expires=/);
  const cookie = cookieOf(answer);

  // Any replica knows the session: nothing of it is held in memory.
  for (const at of stack.gatewayUrls) expect((await session(cookie, at)).status).toBe(200);
  const out = await post(`${url}/auth/logout`, '{}', { ...json, cookie });
  expect(out.status).toBe(204);
  expect(out.headers.getSetCookie()[0]).toContain('Max-Age=0');
  for (const at of stack.gatewayUrls) expect((await session(cookie, at)).status).toBe(401);
});

it('security row 20: a wrong password and an unknown account get the same answer in the same time', async () => {
  const durations = { known: [] as number[], unknown: [] as number[] };
  const bodies = new Set<string>();
  for (let i = 0; i < 8; i += 1) {
    for (const kind of ['known', 'unknown'] as const) {
      await database.query('TRUNCATE gateway.login_attempt');
      const start = performance.now();
      const answer = await login({
        email: kind === 'known' ? email : `nobody${String(i)}@example.test`,
        password: 'wrong',
      });
      durations[kind].push(performance.now() - start);
      expect(answer.status).toBe(401);
      bodies.add(answer.text);
    }
  }
  expect([...bodies]).toEqual([expect.stringContaining('LOGIN_REFUSED')]);
  // Hashing takes about 30 ms: an answer without it would take a tenth.
  expect(Math.min(...durations.unknown)).toBeGreaterThan(Math.min(...durations.known) / 2);
});

it('security row 20: guessing is stopped after five attempts, over all replicas, also for the right password', async () => {
  const password = stack.installation.demoPassword;
  const statuses: number[] = [];
  for (let i = 0; i < 5; i += 1)
    statuses.push((await login({ email, password: 'wrong' }, {}, stack.gatewayUrls[i % 2])).status);
  expect(statuses).toEqual([401, 401, 401, 401, 401]);
  const stopped = await login({ email, password });
  expect(stopped.status).toBe(429);
  expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(60);
  expect((await login({ email: 'tom@example.test', password })).status).toBe(200);
});

it('security row 20: parallel guesses do not slip through together', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => login({ email, password: 'wrong' })));
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
});

it('security row 20: one address cannot spray one password over many accounts', async () => {
  const statuses = new Map<number, number>();
  for (let i = 0; i < 35; i += 1) {
    const { status } = await login({ email: `spray${String(i)}@example.test`, password: 'Summer2026' });
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect(Object.fromEntries(statuses)).toEqual({ 401: 30, 429: 5 });
});

it('security row 20: the session id is new at every sign-in, and what the browser held before ends', async () => {
  const password = stack.installation.demoPassword;
  const planted = `conversations-session=${'A'.repeat(43)}`;
  const first = cookieOf(await login({ email, password }, { cookie: planted }));
  expect(first).not.toBe(planted);
  expect((await session(planted)).status).toBe(401);
  const second = cookieOf(await login({ email, password }, { cookie: first }));
  expect(second).not.toBe(first);
  expect((await session(first)).status).toBe(401);
  expect((await session(second)).status).toBe(200);
});

it('security row 20: the database holds neither session ids nor passwords', async () => {
  const cookie = cookieOf(await login({ email, password: stack.installation.demoPassword }));
  const { rows } = await database.query<{ all: string }>(
    `SELECT (SELECT json_agg(s)::text FROM gateway.session s) || (SELECT json_agg(a)::text FROM gateway.agent a) AS all`,
  );
  expect(rows[0]!.all).not.toContain(cookie.split('=')[1]);
  expect(rows[0]!.all).not.toContain(stack.installation.demoPassword);
  expect(rows[0]!.all).toContain('$argon2id$');
});

it.each([
  ['idle for 12 h', `last_seen_at = now() - interval '12 hours 1 second'`],
  ['7 days old', `expires_at = now() - interval '1 second'`],
])('a session that is %s is over', async (_name, change) => {
  const amelie = await stack.signIn('amelie');
  await database.query(`UPDATE gateway.session SET ${change}`);
  expect((await session(amelie.cookie)).status).toBe(401);
  expect((await graphql(url, amelie.cookie, '{ __typename }')).status).toBe(401);
});

describe('security row 13: the end of a session closes its sockets with 4401 within 2 s, at every replica', () => {
  const ends: [string, (client: AgentClient) => Promise<unknown>][] = [
    ['logout', (client) => post(`${url}/auth/logout`, '{}', { ...json, cookie: client.cookie })],
    ['expiry', () => database.query(`UPDATE gateway.session SET expires_at = now()`)],
    ['deactivation', () => database.query(`UPDATE gateway.agent SET active = false WHERE email = 'tom@example.test'`)],
    ['another role', () => database.query(`UPDATE gateway.agent SET role = 'VIEWER' WHERE email = 'tom@example.test'`)],
  ];
  it.each(ends)('%s', async (_name, end) => {
    await database.query(`UPDATE gateway.agent SET active = true, role = 'AGENT' WHERE email = 'tom@example.test'`);
    const tom = await stack.signIn('tom');
    const sockets = await Promise.all(
      stack.gatewayUrls.map((at) => new RawSocket(at, { cookie: tom.cookie, origin: tom.origin }).acknowledged()),
    );
    await end(tom);
    await eventually(() => expect(sockets.map(({ closed }) => closed?.code)).toEqual([4401, 4401]), {
      timeoutMs: 2_000,
    });
  });
});

it('the audit log takes sign-ins and lets nobody change them', async () => {
  await stack.signIn('admin');
  const { rows } = await database.query<{ what: string }>('SELECT what FROM gateway.audit_entry');
  expect(rows.map(({ what }) => what)).toContain('signed-in');
  await expect(database.query('DELETE FROM gateway.audit_entry')).rejects.toThrow('append-only');
  await expect(database.query(`UPDATE gateway.audit_entry SET what = ''`)).rejects.toThrow('append-only');
});

it('signing in needs no broker, and what needs it says which service is away', async () => {
  await stack.nats.kill();
  const amelie = await AgentClient.signIn({
    urls: [url],
    origin: stack.installation.publicOrigin,
    email,
    password: stack.installation.demoPassword,
  });
  const answer = await graphql(url, amelie.cookie, '{ viewer { agent { email } } inbox { open } }');
  expect(answer.body.data).toEqual({ viewer: { agent: { email } }, inbox: null });
  expect(answer.body.errors?.[0]?.extensions).toEqual({ code: 'UPSTREAM_UNAVAILABLE', service: 'conversation' });
});
