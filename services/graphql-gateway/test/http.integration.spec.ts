import { type AgentClient, type Stack, startStack } from '@conversations/testing';
import { auditServer } from 'graphql-http';
import { type Answer, codesOf, graphql, post } from './raw-requests';

let stack: Stack;
let amelie: AgentClient;
let url: string;
const json = { 'content-type': 'application/json' };

beforeAll(async () => {
  stack = await startStack();
  amelie = await stack.signIn('amelie');
  url = stack.gatewayUrls[0]!;
}, 120_000);
afterAll(() => stack.stop());

const ask = (query: string, variables?: Record<string, unknown>) => graphql(url, amelie.cookie, query, variables);

it("passes graphql-http's server audits but for the three warnings that the server gives by design", async () => {
  const results = await auditServer({
    url: `${url}/graphql`,
    fetchFn: (address: string, init: RequestInit = {}) =>
      fetch(address, { ...init, headers: { ...(init.headers as Record<string, string>), cookie: amelie.cookie } }),
  });
  const failed = results.filter((result) => result.status === 'error');
  expect(failed.map(({ id, name }) => `${id} ${name}`)).toEqual([]);
  expect(
    results
      .filter(({ status }) => status === 'warn')
      .map(({ id }) => id)
      .sort(),
  ).toEqual(['572B', '7B9B', 'FDE2']);
});

describe('security row 14: documents that cost too much are refused before execution, with 400', () => {
  const deep = `{ conversation(id: "x") { ${'contact { conversations { nodes { '.repeat(6)} id ${'} } } '.repeat(6)} } }`;
  const bombs: [name: string, query: string, variables: Record<string, unknown>][] = [
    ['40 aliases', `{ ${Array.from({ length: 40 }, (_, i) => `a${String(i)}: __typename`).join(' ')} }`, {}],
    ['20 root fields', `{ ${'inbox { open } '.repeat(20)} }`, {}],
    ['15 levels and more', deep, {}],
    [
      'a fragment that contains itself',
      '{ viewer { ...a } } fragment a on Viewer { ...b } fragment b on Viewer { ...a }',
      {},
    ],
    ['50 directives', `{ viewer { locale ${'@include(if: true) '.repeat(50)} } }`, {}],
    [
      'fragments that double 40 times',
      `{ viewer { ...f0 } } ${Array.from({ length: 40 }, (_, i) => `fragment f${String(i)} on Viewer { a${String(i)}: locale ...f${String(i + 1)} ... { ...f${String(i + 1)} } }`).join(' ')} fragment f40 on Viewer { locale }`,
      {},
    ],
    [
      'pages nested through variables',
      'query ($n: Int) { conversations(first: $n) { nodes { contact { conversations(first: $n) { nodes { timeline(last: $n) { nodes { __typename } } } } } } } }',
      { n: 50 },
    ],
    [
      "pages nested through variables' defaults",
      'query ($n: Int = 50) { conversations(first: $n) { nodes { contact { conversations(first: $n) { nodes { timeline(last: $n) { nodes { __typename } } } } } } } }',
      {},
    ],
    [
      "pages nested through the schema's defaults",
      '{ conversations { nodes { contact { conversations { nodes { timeline { nodes { __typename } } } } } } } }',
      {},
    ],
  ];
  it.each(bombs)('%s', async (_name, query, variables) => {
    const answer = await ask(query, variables);
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual(['QUERY_TOO_COMPLEX']);
    expect(answer.body.data).toBeUndefined();
  });

  it('3,000 tokens', async () => {
    const answer = await ask(`{ ${'__typename '.repeat(3_000)} }`);
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
  });

  it('a body of more than 100 kB', async () => {
    const answer = await ask(`{ __typename } # ${'x'.repeat(110_000)}`);
    expect(answer.status).toBe(413);
  });

  it('a batch of operations', async () => {
    const answer = await post(`${url}/graphql`, JSON.stringify([{ query: '{ __typename }' }]), {
      ...json,
      cookie: amelie.cookie,
    });
    expect(answer.status).toBe(400);
  });

  it('input that nests 2,000 levels', async () => {
    const levels = 2_000;
    const steps = `${'[{"availability":{"closed":[],"open":'.repeat(levels)}[]${'}}]'.repeat(levels)}`;
    const query =
      'mutation ($input: SaveChatbotAutomationInput!) { saveChatbotAutomation(input: $input) { errors { code } } }';
    const body = `{"query":${JSON.stringify(query)},"variables":{"input":{"expectedVersion":1,"steps":${steps}}}}`;
    const answer = await post(`${url}/graphql`, body, { ...json, cookie: amelie.cookie });
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual(['QUERY_TOO_COMPLEX']);
  });
});

describe('security row 15: requests that another site can make a browser send are refused', () => {
  const mutation = 'mutation { completeConversation(input: { conversationId: "cnv_1" }) { errors { code } } }';
  const body = JSON.stringify({ query: mutation });
  const refused: [string, (cookie: string) => Promise<Answer>][] = [
    ['text/plain', (cookie) => post(`${url}/graphql`, body, { 'content-type': 'text/plain', cookie })],
    [
      'urlencoded',
      (cookie) =>
        post(`${url}/graphql`, new URLSearchParams({ query: mutation }).toString(), {
          'content-type': 'application/x-www-form-urlencoded',
          cookie,
        }),
    ],
    [
      'multipart',
      (cookie) =>
        post(`${url}/graphql`, `--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n${body}\r\n--x--`, {
          'content-type': 'multipart/form-data; boundary=x',
          cookie,
        }),
    ],
    [
      'JSON named as something else',
      (cookie) => post(`${url}/graphql`, body, { 'content-type': 'application/jsonx', cookie }),
    ],
    [
      'JSON of a foreign origin',
      (cookie) => post(`${url}/graphql`, body, { ...json, cookie, origin: 'https://evil.example' }),
    ],
    ['JSON of an opaque origin', (cookie) => post(`${url}/graphql`, body, { ...json, cookie, origin: 'null' })],
    [
      'JSON that the browser marks as cross-site',
      (cookie) => post(`${url}/graphql`, body, { ...json, cookie, 'sec-fetch-site': 'cross-site' }),
    ],
  ];
  it.each(refused)('%s', async (_name, send) => {
    const { status, text } = await send(amelie.cookie);
    expect([400, 403, 415]).toContain(status);
    expect(text).not.toContain('"data"');
  });

  it('GET, also with a header that no form can send', async () => {
    const response = await fetch(`${url}/graphql?query=${encodeURIComponent(mutation)}`, {
      headers: { cookie: amelie.cookie, 'apollo-require-preflight': '1', 'content-type': 'application/json' },
    });
    expect(response.status).toBe(405);
  });

  it('a sign-in or sign-out from a foreign page', async () => {
    const origin = 'https://evil.example';
    const credentials = JSON.stringify({ email: 'amelie@example.test', password: stack.installation.demoPassword });
    expect((await post(`${url}/auth/login`, credentials, { ...json, origin })).status).toBe(403);
    expect((await post(`${url}/auth/logout`, '{}', { ...json, origin, cookie: amelie.cookie })).status).toBe(403);
    expect((await ask('{ viewer { locale } }')).body.data).toEqual({ viewer: { locale: 'en' } });
  });
});

describe('security row 17: what a visitor holds opens nothing here', () => {
  it('neither as cookie nor as bearer', async () => {
    const widget = stack.widget();
    await widget.connect();
    await widget.write('Hello');
    const token = widget.token ?? '';
    expect(token).toMatch(/^vt_/);
    const name = amelie.cookie.split('=', 1)[0]!;
    const attempts: Record<string, string>[] = [
      { cookie: `${name}=${token}` },
      { cookie: `visitor=${token}` },
      { authorization: `Bearer ${token}` },
    ];
    for (const headers of attempts) {
      const answer = await post(`${url}/graphql`, JSON.stringify({ query: '{ viewer { locale } }' }), {
        ...json,
        ...headers,
      });
      expect(answer.status).toBe(401);
      expect(codesOf(answer)).toEqual(['UNAUTHENTICATED']);
    }
    await widget.close();
  });
});

describe('security row 23: input that is meant to be something else stays text', () => {
  const page =
    'query ($filter: ConversationFilter, $after: String) { conversations(filter: $filter, after: $after) { nodes { id } } }';
  it.each(['%', '_%', '.*', '>', "' OR 1=1 --", 'a & !b', ':*', '\\', 'cnv.>.*'])('a search for %j', async (search) => {
    const answer = await ask(page, { filter: { search: `${search} x` } });
    expect(answer.body).toEqual({ data: { conversations: { nodes: [] } } });
  });

  it.each(['cnv_*', 'cnv_>', '*', 'cnv_%', "cnv_1' OR '1'='1", 'cnv_0193.>', '__proto__', '', '\u0000', '\ud800'])(
    'the id %j names nothing',
    async (id) => {
      const answer = await ask(
        'query ($id: ID!) { conversation(id: $id) { id } contact(id: $id) { id } node(id: $id) { id } }',
        { id },
      );
      expect(answer.body).toEqual({ data: { conversation: null, contact: null, node: null } });
    },
  );

  it.each([
    ['a search with U+0000', { filter: { search: 'a\u0000b' } }],
    ['a search with half a character', { filter: { search: 'a\ud800b' } }],
    ['a cursor that no list made', { after: "'; drop table message; --" }],
    ['a field that the filter does not have', { filter: { isAdmin: true } }],
    ['a number for a list', { filter: { channels: 7 } }],
  ])('%s is refused', async (_name, variables) => {
    const answer = await ask(page, variables);
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect([200, 400]).toContain(answer.status);
  });

  it.each(['agt_*', '', "' OR 1=1 --", 'agt_00000000000000000000000000000000'])(
    'conversations of the agent %j are none',
    async (assigneeId) => {
      const answer = await ask(page, { filter: { assigneeId } });
      expect(answer.body).toEqual({ data: { conversations: { nodes: [] } } });
    },
  );

  it('__proto__ in a body is refused', async () => {
    const body = '{"query":"{ __typename }","variables":{"__proto__":{"admin":true}}}';
    const answer = await post(`${url}/graphql`, body, { ...json, cookie: amelie.cookie });
    expect(answer.status).toBe(400);
  });

  it('a message with U+0000 or half a character is an error that the agent sees', async () => {
    const { conversations } = await amelie.request<{ conversations: { nodes: { id: string }[] } }>(page);
    const conversationId = conversations.nodes[0]!.id;
    for (const text of ['a\u0000b', 'a\ud800b']) {
      const answer = await ask(
        'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } errors { code path } } }',
        { input: { conversationId, channel: 'WEB_CHAT', text, clientMessageId: crypto.randomUUID() } },
      );
      expect(answer.body.data).toEqual({
        sendMessage: { message: null, errors: [{ code: 'INVALID_INPUT', path: ['input', 'text'] }] },
      });
    }
  });
});

it('answers carry the security headers, errors too', async () => {
  for (const response of [await fetch(`${url}/`), await fetch(`${url}/auth/session`), await fetch(`${url}/graphql`)]) {
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  }
});
