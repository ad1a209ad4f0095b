import { AgentClient, eventually, type Stack, startStack } from '@conversations/testing';
import { createHash, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { graphql, post, RawSocket, visitorWrites } from './raw-requests';

interface Payload {
  agent?: { id: string; displayName: string; role: string; active: boolean } | null;
  invitation?: {
    id: string;
    email: string;
    role: string;
    expiresAt: string;
    invitedBy: { displayName: string };
  } | null;
  link?: string | null;
  deletedId?: string | null;
  errors: { code: string; path: string[] | null }[];
}

const AGENT = 'agent { id displayName role active } errors { code path }';
const DOCUMENTS = {
  inviteAgent: `mutation ($input: InviteAgentInput!) { inviteAgent(input: $input) {
    invitation { id email role expiresAt invitedBy { displayName } } link errors { code path } } }`,
  revokeAgentInvitation: `mutation ($input: RevokeAgentInvitationInput!) {
    revokeAgentInvitation(input: $input) { deletedId errors { code path } } }`,
  updateAgent: `mutation ($input: UpdateAgentInput!) { updateAgent(input: $input) { ${AGENT} } }`,
  updateProfile: `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { ${AGENT} } }`,
  changePassword: `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { ${AGENT} } }`,
};
const PASSWORD = 'a password of some length';
const json = { 'content-type': 'application/json' };

let stack: Stack;
let urls: string[];
let database: Client;
let admin: AgentClient;

beforeAll(async () => {
  stack = await startStack({ replicas: { 'graphql-gateway': 2 } });
  urls = stack.gatewayUrls;
  const { host, port, adminUser, adminPassword, name } = stack.installation.database;
  database = new Client({ host, port, user: adminUser, password: adminPassword, database: name });
  await database.connect();
  admin = await stack.signIn('admin');
}, 120_000);
afterAll(async () => {
  await database.end();
  await stack.stop();
});
beforeEach(() => database.query('TRUNCATE gateway.login_attempt'));

const change = async (agent: { cookie: string }, verb: keyof typeof DOCUMENTS, input: object, at = urls[0]!) => {
  const answer = await graphql(at, agent.cookie, DOCUMENTS[verb], { input });
  if (answer.body.errors !== undefined) throw new Error(JSON.stringify(answer.body.errors));
  return (answer.body.data as Record<string, Payload>)[verb]!;
};
const codes = ({ errors }: Payload) => errors.map(({ code }) => code);
const newAddress = () => `${randomUUID()}@example.test`;
const invite = async (email = newAddress(), role = 'AGENT') => {
  const { invitation, link, errors } = await change(admin, 'inviteAgent', { email, role });
  expect(errors).toEqual([]);
  return { email, invitation: invitation!, token: link!.split('#')[1]! };
};
const accept = (token: string, given: object = {}, at = urls[0]!, headers: Record<string, string> = {}) =>
  post(`${at}/auth/invitation`, JSON.stringify({ token, displayName: 'Zoé Martin', password: PASSWORD, ...given }), {
    ...json,
    ...headers,
  });
const cookieOf = (answer: { headers: Headers }) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
const signIn = (email: string, password: string, at = urls[0]!) =>
  post(`${at}/auth/login`, JSON.stringify({ email, password }), json);
/** A new account of its own for a test. */
const join = async (role = 'AGENT', displayName = 'Zoé Martin') => {
  const { email, token } = await invite(newAddress(), role);
  const answer = await accept(token, { displayName });
  expect(answer.status).toBe(200);
  const { agent } = answer.body as unknown as { agent: { id: string; role: string } };
  return { email, id: agent.id, cookie: cookieOf(answer) };
};
const statusOf = async (cookie: string, at = urls[0]!) =>
  (await fetch(`${at}/auth/session`, { headers: { cookie } })).status;
const socketsOf = ({ cookie }: { cookie: string }) =>
  Promise.all(urls.map((at) => new RawSocket(at, { cookie, origin: urls[0]! }).acknowledged()));
const audited = async (what: string, subject: string) => {
  const { rows } = await database.query<{ agent_id: string; detail: object | null; address: string }>(
    'SELECT agent_id, detail, address FROM gateway.audit_entry WHERE what = $1 AND $2 IN (subject_id, agent_id)',
    [what, subject],
  );
  return rows;
};
const invitations = async () => {
  const answer = await graphql(urls[1]!, admin.cookie, '{ agentInvitations { id email } }');
  return (answer.body.data as { agentInvitations: { id: string; email: string }[] }).agentInvitations;
};

it('an invited person chooses name and password, is signed in at every replica, and the invitation is over', async () => {
  const given = newAddress();
  const { email, invitation, token } = await invite(given.toUpperCase(), 'VIEWER');
  expect(invitation).toMatchObject({ email: given, role: 'VIEWER', invitedBy: { displayName: 'Alex Admin' } });
  expect(Date.parse(invitation.expiresAt) - Date.now()).toBeGreaterThan(7 * 86_400_000 - 60_000);
  expect((await invitations())[0]).toEqual({ id: invitation.id, email: given });

  const answer = await accept(token, { displayName: '  Zoé Martin ' }, urls[1]);
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ agent: { email: given, displayName: 'Zoé Martin', role: 'VIEWER' } });
  for (const at of urls) expect(await statusOf(cookieOf(answer), at)).toBe(200);
  expect((await signIn(email, PASSWORD)).status).toBe(200);
  expect((await invitations()).map(({ id }) => id)).not.toContain(invitation.id);
  expect(await audited('agent-invited', invitation.id)).toMatchObject([{ detail: { role: 'VIEWER' } }]);
  expect(await audited('invitation-accepted', invitation.id)).toHaveLength(1);
});

it('the session that the browser held before ends when it takes an invitation', async () => {
  const { cookie } = await join();
  const { token } = await invite();
  expect((await accept(token, {}, urls[0], { cookie })).status).toBe(200);
  expect(await statusOf(cookie)).toBe(401);
});

it('ten people who use one link at once become one agent', async () => {
  const { email, token } = await invite();
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => accept(token, {}, urls[i % 2])));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 410)]);
  const { rows } = await database.query('SELECT id FROM gateway.agent WHERE email = $1', [email]);
  expect(rows).toHaveLength(1);
});

describe('an invitation cannot be used when it', () => {
  const ends: [string, (made: Awaited<ReturnType<typeof invite>>) => Promise<unknown>][] = [
    ['was used', ({ token }) => accept(token)],
    ['was revoked', ({ invitation: { id } }) => change(admin, 'revokeAgentInvitation', { id })],
    ['was followed by a newer one for the address', ({ email }) => invite(email)],
    [
      'is 7 days old',
      ({ invitation: { id } }) =>
        database.query('UPDATE gateway.agent_invitation SET expires_at = now() WHERE id = $1', [id]),
    ],
  ];
  it.each(ends)('%s', async (_name, end) => {
    const made = await invite();
    await end(made);
    const answer = await accept(made.token);
    expect(answer.status).toBe(410);
    expect(answer.body).toMatchObject({ error: { code: 'INVITATION_ENDED' } });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect((await invitations()).map(({ id }) => id)).not.toContain(made.invitation.id);
  });
});

it('twenty invitations at once for one address leave one that works', async () => {
  const email = newAddress();
  const made = await Promise.all(Array.from({ length: 20 }, () => invite(email)));
  expect((await invitations()).filter((open) => open.email === email)).toHaveLength(1);
  await database.query('TRUNCATE gateway.login_attempt');
  const statuses = [];
  for (const { token } of made) statuses.push((await accept(token)).status);
  expect(statuses.sort()).toEqual([200, ...Array.from({ length: 19 }, () => 410)]);
});

it('revoking again changes nothing, and one that was used or never was is NOT_FOUND', async () => {
  const { invitation, token } = await invite();
  const revoke = () => change(admin, 'revokeAgentInvitation', { id: invitation.id });
  for (let i = 0; i < 2; i += 1) expect(await revoke()).toEqual({ deletedId: invitation.id, errors: [] });
  expect(await audited('invitation-revoked', invitation.id)).toHaveLength(1);
  const used = await invite();
  await accept(used.token);
  for (const id of [used.invitation.id, 'inv_1', token])
    expect(codes(await change(admin, 'revokeAgentInvitation', { id }))).toEqual(['NOT_FOUND']);
});

it('an address that an agent has, active or not, is not invited', async () => {
  const { email, id } = await join();
  const again = () => change(admin, 'inviteAgent', { email: email.toUpperCase(), role: 'AGENT' });
  expect(await again()).toMatchObject({ link: null, errors: [{ code: 'ALREADY_AN_AGENT', path: ['input', 'email'] }] });
  await change(admin, 'updateAgent', { id, active: false });
  expect(codes(await again())).toEqual(['ALREADY_AN_AGENT']);
  expect(codes(await change(admin, 'inviteAgent', { email: 'not@an address', role: 'AGENT' }))).toEqual([
    'INVALID_INPUT',
  ]);
});

it.each([
  ['WEAK_PASSWORD', { password: 'eleven char' }],
  ['WEAK_PASSWORD', { password: 'x'.repeat(201) }],
  ['INVALID_NAME', { displayName: ' \u200b ' }],
  ['INVALID_NAME', { displayName: '😀'.repeat(10_000) }],
  ['INVALID_INPUT', { password: 12 }],
  ['INVALID_INPUT', { role: 'ADMIN' }],
])('%s is said and leaves the invitation as it was', async (code, given) => {
  const { token } = await invite();
  const answer = await accept(token, given);
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ error: { code } });
  expect((await accept(token)).status).toBe(200);
});

it('security row 20: the database holds the hash of an invitation only, and no log its token', async () => {
  const { token, invitation } = await invite();
  const { rows } = await database.query<{ token_hash: Buffer; all: string }>(
    'SELECT token_hash, i::text AS all FROM gateway.agent_invitation i WHERE id = $1',
    [invitation.id],
  );
  expect(rows[0]!.token_hash).toEqual(createHash('sha256').update(token).digest());
  expect(rows[0]!.all).not.toContain(token);
  await accept(token);
  expect(stack.logs()).not.toContain(token);
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
});

it('security row 20: guessing invitations is stopped over all replicas', async () => {
  const statuses = new Map<number, number>();
  for (let i = 0; i < 33; i += 1) {
    const { status } = await accept('A'.repeat(43), {}, urls[i % 2]);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect(Object.fromEntries(statuses)).toEqual({ 410: 30, 429: 3 });
  const { token } = await invite();
  const stopped = await accept(token);
  expect(stopped.body).toMatchObject({ error: { code: 'RATE_LIMITED' } });
  expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(60);
});

it('security row 15: a page of another site cannot take an invitation', async () => {
  const { token } = await invite();
  expect((await accept(token, {}, urls[0], { origin: 'https://evil.example' })).status).toBe(403);
  expect((await accept(token, {}, urls[0], { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await accept(token)).status).toBe(200);
});

it('the last active admin keeps role and access', async () => {
  const id = await eventually(async () => {
    const { rows } = await database.query<{ id: string }>(
      `SELECT id FROM gateway.agent WHERE role = 'ADMIN' AND active`,
    );
    expect(rows).toHaveLength(1);
    return rows[0]!.id;
  });
  for (const given of [{ role: 'AGENT' }, { active: false }, { role: 'VIEWER', active: false }])
    expect(codes(await change(admin, 'updateAgent', { id, ...given }))).toEqual(['LAST_ADMIN']);
  expect(codes(await change(admin, 'updateAgent', { id, role: 'ADMIN', active: true }))).toEqual([]);
  expect(await audited('role-changed', id)).toEqual([]);
});

it.each([{ role: 'AGENT' }, { active: false }])(
  'of two admins who take it from each other at once with %j, one stays',
  async (taken) => {
    const admins = `SELECT id FROM gateway.agent WHERE role = 'ADMIN' AND active`;
    const { rows } = await database.query<{ id: string }>(admins);
    const first = rows[0]!.id;
    for (let round = 0; round < 6; round += 1) {
      const second = await join('ADMIN', `Admin ${String(round)}`);
      const outcomes = await Promise.allSettled([
        change(admin, 'updateAgent', { id: second.id, ...taken }, urls[0]),
        change(second, 'updateAgent', { id: first, ...taken }, urls[1]),
      ]);
      const won = outcomes.filter((outcome) => outcome.status === 'fulfilled' && codes(outcome.value).length === 0);
      expect(won).toHaveLength(1);
      expect((await database.query(admins)).rows).toHaveLength(1);
      await database.query(`UPDATE gateway.agent SET role = 'AGENT', active = false WHERE id = $1`, [second.id]);
      await database.query(`UPDATE gateway.agent SET role = 'ADMIN', active = true WHERE id = $1`, [first]);
      admin = await stack.signIn('admin');
    }
  },
  60_000,
);

it('security row 13: deactivating ends sessions, and sockets with 4401 within 2 s at every replica', async () => {
  const zoe = await join();
  const held = cookieOf(await signIn(zoe.email, PASSWORD));
  const sockets = await socketsOf(zoe);
  const taken = await change(admin, 'updateAgent', { id: zoe.id, active: false });
  expect(taken).toMatchObject({ agent: { active: false, role: 'AGENT' }, errors: [] });
  await eventually(() => expect(sockets.map(({ closed }) => closed?.code)).toEqual([4401, 4401]), {
    timeoutMs: 2_000,
  });
  for (const at of urls) for (const cookie of [zoe.cookie, held]) expect(await statusOf(cookie, at)).toBe(401);
  expect((await signIn(zoe.email, PASSWORD)).status).toBe(401);
  const { rows } = await database.query('SELECT id FROM gateway.session WHERE agent_id = $1', [zoe.id]);
  expect(rows).toEqual([]);

  expect((await change(admin, 'updateAgent', { id: zoe.id, active: true })).agent).toMatchObject({ active: true });
  expect(await statusOf(zoe.cookie)).toBe(401);
  expect((await signIn(zoe.email, PASSWORD)).status).toBe(200);
  expect(await audited('agent-deactivated', zoe.id)).toHaveLength(1);
  expect(await audited('agent-reactivated', zoe.id)).toHaveLength(1);
});

it('another role holds at once for requests and within 2 s for sockets, and is in the audit log', async () => {
  const zoe = await join();
  const sockets = await socketsOf(zoe);
  await change(admin, 'updateAgent', { id: zoe.id, role: 'VIEWER' });
  await expect(change(zoe, 'inviteAgent', { email: newAddress(), role: 'ADMIN' })).rejects.toThrow('FORBIDDEN');
  await eventually(() => expect(sockets.map(({ closed }) => closed?.code)).toEqual([4401, 4401]), {
    timeoutMs: 2_000,
  });
  expect(await statusOf(zoe.cookie)).toBe(200);
  expect(await audited('role-changed', zoe.id)).toMatchObject([{ detail: { from: 'AGENT', to: 'VIEWER' } }]);
});

it('an owner who is deactivated stays the owner, and nothing new is assigned to one', async () => {
  const zoe = await join();
  const { widget, conversation } = await visitorWrites(stack, admin, 'Whose am I?');
  await admin.assign(conversation.id, zoe.id);
  await change(admin, 'updateAgent', { id: zoe.id, active: false });
  const after = (await admin.thread(conversation.id)).conversation;
  expect(after.assignee).toMatchObject({ id: zoe.id, displayName: 'Zoé Martin' });
  await admin.assign(conversation.id, null);
  // Calls go from replica to replica.
  const attempts = urls.map(() => admin.assign(conversation.id, zoe.id));
  for (const attempt of attempts) await expect(attempt).rejects.toThrow('NOT_FOUND');
  expect((await admin.thread(conversation.id)).conversation.assignee).toBeNull();
  await widget.close();
});

it('open screens hear of a new agent, another name and another role', async () => {
  const heard = await socketsOf(admin);
  const query =
    'subscription { inboxChanged { __typename ... on AgentChanged { agent { id displayName role active } } } }';
  for (const socket of heard) {
    socket.subscribe('1', query);
    await eventually(() => expect(socket.events('1').length).toBeGreaterThan(0));
  }
  const zoe = await join();
  await change(zoe, 'updateProfile', { displayName: 'Zoé Dupont' });
  await change(admin, 'updateAgent', { id: zoe.id, role: 'VIEWER' });
  await change(admin, 'updateAgent', { id: zoe.id, active: false });
  const last = { id: zoe.id, displayName: 'Zoé Dupont', role: 'VIEWER', active: false };
  for (const socket of heard) {
    const newest = () => socket.events('1').findLast(({ __typename }) => __typename === 'AgentChanged');
    await eventually(() => expect(newest()).toEqual({ __typename: 'AgentChanged', agent: last }));
    socket.close();
  }
});

describe('a new name stands beside old conversations within 2 s at every replica', () => {
  const renames: [string, (agent: { id: string; cookie: string }, name: string) => Promise<unknown>][] = [
    ['when the agent changed it', (agent, displayName) => change(agent, 'updateProfile', { displayName }, urls[1])],
    [
      'when the live message was lost',
      (agent, name) => database.query('UPDATE gateway.agent SET display_name = $2 WHERE id = $1', [agent.id, name]),
    ],
  ];
  it.each(renames)('%s', async (name, rename) => {
    const zoe = await join();
    const { widget, conversation } = await visitorWrites(stack, admin, name);
    await admin.assign(conversation.id, zoe.id);
    await rename(zoe, 'Zoé Dupont');
    await eventually(
      async () => {
        for (const at of urls) {
          const answer = await graphql(
            at,
            admin.cookie,
            'query ($id: ID!) { conversation(id: $id) { assignee { displayName } } }',
            { id: conversation.id },
          );
          expect(answer.body.data).toEqual({ conversation: { assignee: { displayName: 'Zoé Dupont' } } });
        }
      },
      { timeoutMs: 2_000 },
    );
    await widget.close();
  });
});

it('security row 25: an own name is 1 to 80 visible characters, and a change of it is in the audit log', async () => {
  const zoe = await join();
  for (const displayName of ['', '\u200b', 'x'.repeat(81), 'Ann\nAdmin', 'Ann \u202enimdA'])
    expect(await change(zoe, 'updateProfile', { displayName })).toMatchObject({
      agent: null,
      errors: [{ code: 'INVALID_INPUT', path: ['input', 'displayName'] }],
    });
  const marked = '<img src=x onerror=alert(1)>';
  expect((await change(zoe, 'updateProfile', { displayName: ` ${marked} ` })).agent?.displayName).toBe(marked);
  expect(await audited('name-changed', zoe.id)).toMatchObject([{ detail: { from: 'Zoé Martin', to: marked } }]);
});

it('changing the password ends every other session and socket of the agent, and keeps this one', async () => {
  const zoe = await join();
  const other = { cookie: cookieOf(await signIn(zoe.email, PASSWORD)) };
  const [kept, ended] = [await socketsOf(zoe), await socketsOf(other)];
  const newPassword = 'another password altogether';
  const wrong = await change(zoe, 'changePassword', { currentPassword: 'not this one', newPassword });
  expect(wrong.errors).toEqual([{ code: 'WRONG_PASSWORD', path: ['input', 'currentPassword'] }]);
  for (const [code, refused] of [
    ['INVALID_INPUT', 'eleven char'],
    ['TOO_LONG', 'x'.repeat(201)],
  ] as const)
    expect((await change(zoe, 'changePassword', { currentPassword: PASSWORD, newPassword: refused })).errors).toEqual([
      { code, path: ['input', 'newPassword'] },
    ]);
  expect(await statusOf(other.cookie)).toBe(200);

  expect(codes(await change(zoe, 'changePassword', { currentPassword: PASSWORD, newPassword }))).toEqual([]);
  await eventually(() => expect(ended.map(({ closed }) => closed?.code)).toEqual([4401, 4401]), { timeoutMs: 2_000 });
  expect(await statusOf(other.cookie)).toBe(401);
  expect(await statusOf(zoe.cookie)).toBe(200);
  expect(kept.map(({ closed }) => closed)).toEqual([null, null]);
  expect((await signIn(zoe.email, PASSWORD)).status).toBe(401);
  expect((await signIn(zoe.email, newPassword)).status).toBe(200);
  expect(await audited('password-changed', zoe.id)).toHaveLength(1);
  for (const socket of kept) socket.close();
});

it('security row 20: guessing the current password is limited as sign-in is, and counts with it', async () => {
  const zoe = await join();
  const guess = (currentPassword: string, at?: string) =>
    change(zoe, 'changePassword', { currentPassword, newPassword: PASSWORD }, at);
  for (let i = 0; i < 5; i += 1) expect(codes(await guess('wrong', urls[i % 2]))).toEqual(['WRONG_PASSWORD']);
  await expect(guess(PASSWORD)).rejects.toThrow('RATE_LIMITED');
  expect((await signIn(zoe.email, PASSWORD)).status).toBe(429);
});

it('a sign-in under way while the password changes leaves no session behind', async () => {
  const [zoe, other] = [await join(), await join()];
  const waiting = async (count: number) => {
    const { rows } = await database.query<{ waiting: number }>(
      'SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted',
    );
    expect(rows[0]!.waiting).toBe(count);
  };
  // Signing in ends the session that the browser held: with that row locked, it stops between password and new session.
  await database.query('BEGIN');
  await database.query('SELECT id FROM gateway.session WHERE agent_id = $1 FOR UPDATE', [other.id]);
  const signingIn = post(`${urls[0]!}/auth/login`, JSON.stringify({ email: zoe.email, password: PASSWORD }), {
    ...json,
    cookie: other.cookie,
  });
  await eventually(() => waiting(1));
  let isChanged = false;
  const changed = change(zoe, 'changePassword', { currentPassword: PASSWORD, newPassword: 'a newer password' }).finally(
    () => {
      isChanged = true;
    },
  );
  await eventually(async () => {
    if (!isChanged) await waiting(2);
  });
  await database.query('COMMIT');
  expect(codes(await changed)).toEqual([]);
  const begun = await signingIn;
  expect(begun.status).toBe(200);
  expect(await statusOf(cookieOf(begun))).toBe(401);
  expect(await statusOf(zoe.cookie)).toBe(200);
});

it('the audit log takes no change from the service’s own role', async () => {
  const { rows } = await database.query(
    `SELECT has_table_privilege('gateway_service', 'gateway.audit_entry', 'DELETE') AS entries,
            has_table_privilege('gateway_service', 'gateway.agent_invitation', 'DELETE') AS invitations`,
  );
  expect(rows).toEqual([{ entries: false, invitations: false }]);
  await expect(database.query(`UPDATE gateway.audit_entry SET detail = '{}'`)).rejects.toThrow('append-only');
});
