import { type AgentClient, eventually, type Stack, startStack } from '@conversations/testing';
import { codesOf, graphql, RawSocket } from './raw-requests';

let stack: Stack;
let admin: AgentClient;
let amelie: AgentClient;
let vera: AgentClient;
const sockets: RawSocket[] = [];

beforeAll(async () => {
  stack = await startStack({ replicas: { 'graphql-gateway': 2, 'saved-response': 2, 'chat-gateway': 0 } });
  [admin, amelie, vera] = await Promise.all([stack.signIn('admin'), stack.signIn('amelie'), stack.signIn('vera')]);
}, 120_000);
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});
afterAll(() => stack.stop());

interface Category {
  id: string;
  version: number;
  name: string;
  position: number;
}
interface SavedResponse {
  id: string;
  version: number;
  title: string;
  body: string;
  category: { id: string; name: string } | null;
  updatedBy: { displayName: string } | null;
}
interface Refusal {
  __typename: string;
  code: string;
  path: string[] | null;
  currentVersion?: number;
  current?: { __typename: string; id: string; version: number; title?: string; name?: string } | null;
}
type Made<T> = T & { errors: Refusal[] };

const ERRORS = `errors { __typename code path ... on StaleVersionError { currentVersion current {
  __typename id ... on SavedResponse { version title } ... on SavedResponseCategory { version name } } } }`;
const CATEGORY = 'id version name position';
const RESPONSE = 'id version title body category { id name } updatedBy { displayName }';

async function change<T>(agent: AgentClient, verb: string, shown: string, input: Record<string, unknown>): Promise<T> {
  const type = verb.startsWith('deleteSavedResponse') && !verb.endsWith('Category') ? 'Delete' : capitalised(verb);
  const query = `mutation ($input: ${type}Input!) { made: ${verb}(input: $input) { ${shown} ${ERRORS} } }`;
  return (await agent.request<{ made: T }>(query, { input })).made;
}
const capitalised = (verb: string) => verb.charAt(0).toUpperCase() + verb.slice(1);

const createCategory = (input: Record<string, unknown>, agent = admin) =>
  change<Made<{ category: Category | null }>>(agent, 'createSavedResponseCategory', `category { ${CATEGORY} }`, input);
const updateCategory = (input: Record<string, unknown>) =>
  change<Made<{ category: Category | null }>>(admin, 'updateSavedResponseCategory', `category { ${CATEGORY} }`, input);
const deleteCategory = (input: Record<string, unknown>) =>
  change<Made<{ deletedId: string | null }>>(admin, 'deleteSavedResponseCategory', 'deletedId', input);
const create = (input: Record<string, unknown>) =>
  change<Made<{ savedResponse: SavedResponse | null }>>(
    amelie,
    'createSavedResponse',
    `savedResponse { ${RESPONSE} }`,
    input,
  );
const update = (input: Record<string, unknown>) =>
  change<Made<{ savedResponse: SavedResponse | null }>>(
    amelie,
    'updateSavedResponse',
    `savedResponse { ${RESPONSE} }`,
    input,
  );
const remove = (input: Record<string, unknown>) =>
  change<Made<{ deletedId: string | null }>>(amelie, 'deleteSavedResponse', 'deletedId', input);

let names = 0;
const newCategory = async (): Promise<Category> =>
  (await createCategory({ name: `Category ${String((names += 1))}` })).category!;
const newResponse = async (input: Record<string, unknown> = {}): Promise<SavedResponse> =>
  (await create({ title: `Title ${String((names += 1))}`, body: 'A body.', ...input })).savedResponse!;

const CHANGES = `subscription ($after: EventCursor) { inboxChanged(after: $after) { __typename
  ... on StreamEvent { cursor } ... on StreamReady { replaying } ... on InboxCountersChanged { inbox { open } }
  ... on SavedResponsesChanged { deletedId savedResponse { ${RESPONSE} } category { ${CATEGORY} } } } }`;

async function follow(agent: AgentClient, replica: number, after: string | null = null): Promise<RawSocket> {
  const opened = new RawSocket(stack.gatewayUrls[replica]!, {
    cookie: agent.cookie,
    origin: stack.installation.publicOrigin,
  });
  sockets.push(opened);
  await opened.acknowledged();
  opened.subscribe('1', CHANGES, { after });
  await eventually(() => expect(opened.events('1').length).toBeGreaterThan(0));
  return opened;
}

const changesOf = (opened: RawSocket) =>
  opened
    .events('1')
    .flatMap(({ __typename, cursor: _, ...event }) => (__typename === 'SavedResponsesChanged' ? [event] : []));

it('agents save, change, search and delete responses; admins keep the categories', async () => {
  const greetings = await newCategory();
  expect(greetings).toMatchObject({ version: 1, position: expect.any(Number) });
  const made = await newResponse({ title: 'Bonne journée', body: 'Très bonne journée !', categoryId: greetings.id });
  expect(made).toEqual({
    id: made.id,
    version: 1,
    title: 'Bonne journée',
    body: 'Très bonne journée !',
    category: { id: greetings.id, name: greetings.name },
    updatedBy: { displayName: expect.stringContaining('Amélie') },
  });
  const free = (await update({ id: made.id, expectedVersion: 1, title: 'Belle journée', categoryId: null }))
    .savedResponse;
  expect(free).toMatchObject({ version: 2, title: 'Belle journée', body: made.body, category: null });

  const found = await vera.request<{ savedResponses: { nodes: SavedResponse[]; pageInfo: object } }>(
    `{ savedResponses(search: " TRES jour ") { nodes { ${RESPONSE} } pageInfo { hasNextPage hasPreviousPage } } }`,
  );
  expect(found.savedResponses).toEqual({ nodes: [free], pageInfo: { hasNextPage: false, hasPreviousPage: false } });

  expect(await remove({ id: made.id, expectedVersion: 2 })).toEqual({ deletedId: made.id, errors: [] });
  const { node } = await vera.request<{ node: unknown }>('query ($id: ID!) { node(id: $id) { id } }', { id: made.id });
  expect(node).toBeNull();
});

it('categories show what they hold, in their order', async () => {
  const [one, other] = [await newCategory(), await newCategory()];
  for (const title of ['b', 'a']) await newResponse({ title, categoryId: one.id });
  await updateCategory({ id: other.id, expectedVersion: other.version, position: 0 });
  const { savedResponseCategories } = await vera.request<{
    savedResponseCategories: (Category & { savedResponses: { title: string }[] })[];
  }>(`{ savedResponseCategories { ${CATEGORY} savedResponses { title } } }`);
  expect(savedResponseCategories.map(({ position }) => position)).toEqual(
    savedResponseCategories.map((_, index) => index),
  );
  expect(savedResponseCategories[0]).toMatchObject({ id: other.id, savedResponses: [] });
  const held = savedResponseCategories.find(({ id }) => id === one.id);
  expect(held?.savedResponses).toEqual([{ title: 'a' }, { title: 'b' }]);
});

it('lists page by key, with cursors of their own', async () => {
  const { id: categoryId } = await newCategory();
  for (const title of ['p1', 'p2', 'p3']) await newResponse({ title, categoryId });
  const page = async (after: string | null) =>
    (
      await vera.request<{
        savedResponses: { edges: { node: { title: string } }[]; pageInfo: Record<string, unknown> };
      }>(
        `query ($id: ID, $after: String) { savedResponses(categoryId: $id, first: 2, after: $after) {
           edges { cursor node { title } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
        { id: categoryId, after },
      )
    ).savedResponses;
  const first = await page(null);
  expect(first.edges.map(({ node }) => node.title)).toEqual(['p1', 'p2']);
  expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  const second = await page(first.pageInfo['endCursor'] as string);
  expect(second.edges.map(({ node }) => node.title)).toEqual(['p3']);
  expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  await expect(page('bm9uc2Vuc2U')).rejects.toThrow('BAD_USER_INPUT');
});

describe('refusals say what the agent can do', () => {
  it('a stale change shows what is stored now', async () => {
    const made = await newResponse();
    await update({ id: made.id, expectedVersion: 1, title: `${made.title}!` });
    const stale = { __typename: 'StaleVersionError', code: 'STALE_VERSION', path: ['input', 'expectedVersion'] };
    const current = { __typename: 'SavedResponse', id: made.id, version: 2, title: `${made.title}!` };
    const { errors, savedResponse } = await update({ id: made.id, expectedVersion: 1, title: 'Mine' });
    expect(savedResponse).toBeNull();
    expect(errors).toEqual([{ ...stale, currentVersion: 2, current }]);
    expect((await remove({ id: made.id, expectedVersion: 1 })).errors).toEqual([
      { ...stale, currentVersion: 2, current },
    ]);

    const category = await newCategory();
    expect((await updateCategory({ id: category.id, expectedVersion: 9, name: 'Mine' })).errors).toEqual([
      {
        ...stale,
        currentVersion: 1,
        current: { __typename: 'SavedResponseCategory', id: category.id, version: 1, name: category.name },
      },
    ]);
  });

  it('a name that is taken, a category that is full, an id that is unknown, a text that is none', async () => {
    const category = await newCategory();
    const made = await newResponse({ categoryId: category.id });
    const generic = (code: string, ...path: string[]) => [
      { __typename: 'GenericUserError', code, path: ['input', ...path] },
    ];
    const body = 'A body.';
    expect((await createCategory({ name: category.name.toUpperCase() })).errors).toEqual(generic('NAME_TAKEN', 'name'));
    expect((await create({ title: made.title, body, categoryId: category.id })).errors).toEqual(
      generic('NAME_TAKEN', 'title'),
    );
    const deletion = { id: category.id, expectedVersion: 1 };
    expect((await deleteCategory(deletion)).errors).toEqual(generic('CATEGORY_NOT_EMPTY', 'moveTo'));
    expect((await deleteCategory({ ...deletion, moveTo: 'cat_none' })).errors).toEqual(generic('NOT_FOUND', 'moveTo'));
    expect((await create({ title: 't', body, categoryId: 'none' })).errors).toEqual(generic('NOT_FOUND', 'categoryId'));
    expect((await remove({ id: 'rsp_0000000000000000', expectedVersion: 1 })).errors).toEqual(
      generic('NOT_FOUND', 'id'),
    );
    expect((await update({ id: category.id, expectedVersion: 1, title: 't' })).errors).toEqual(
      generic('NOT_FOUND', 'id'),
    );
    expect((await create({ title: 'a\u0000', body })).errors).toEqual(generic('INVALID_INPUT', 'title'));
    expect((await create({ title: 't', body: 'b\ud800' })).errors).toEqual(generic('INVALID_INPUT', 'body'));
    expect((await create({ title: 't', body: 'x'.repeat(10_001) })).errors).toEqual(generic('TOO_LONG', 'body'));
    expect((await createCategory({ name: 'x'.repeat(81) })).errors).toEqual(generic('TOO_LONG', 'name'));
  });

  it('an agent does not touch categories, and a viewer nothing', async () => {
    await expect(createCategory({ name: 'Mine' }, amelie)).rejects.toThrow('FORBIDDEN');
    const mutation = 'mutation { createSavedResponse(input: { title: "t", body: "b" }) { errors { code } } }';
    await expect(vera.request(mutation)).rejects.toThrow('FORBIDDEN');
  });

  it('a search that is too long or no text', async () => {
    for (const search of ['x'.repeat(201), 'a\u0000']) {
      const asked = vera.request('query ($search: String) { savedResponses(search: $search) { nodes { id } } }', {
        search,
      });
      await expect(asked).rejects.toThrow('BAD_USER_INPUT');
    }
  });
});

describe('changes', () => {
  it('reach every agent at every replica, in order', async () => {
    const followers = [await follow(amelie, 0), await follow(vera, 1)];
    const [first, last] = [await newCategory(), await newCategory()];
    const made = await newResponse({ categoryId: last.id });
    const changed = (await update({ id: made.id, expectedVersion: 1, body: 'Other words' })).savedResponse;
    const renamed = (await updateCategory({ id: first.id, expectedVersion: 1, name: `${first.name}!` })).category;
    await deleteCategory({ id: last.id, expectedVersion: 1, moveTo: first.id });
    const moved = { ...changed, version: 3, category: { id: first.id, name: renamed!.name } };
    await remove({ id: made.id, expectedVersion: 3 });

    const nothing = { savedResponse: null, deletedId: null, category: null };
    for (const opened of followers) {
      await eventually(() => expect(changesOf(opened).at(-1)).toEqual({ ...nothing, deletedId: made.id }));
      const changes = changesOf(opened);
      const of = (id: string) =>
        changes.filter((event) =>
          [
            event['deletedId'],
            ...[event['savedResponse'], event['category']].map((one) => (one as Category | null)?.id),
          ].includes(id),
        );
      expect(of(first.id)).toEqual([first, renamed].map((category) => ({ ...nothing, category })));
      expect(of(last.id)).toEqual([
        { ...nothing, category: last },
        { ...nothing, deletedId: last.id },
      ]);
      expect(of(made.id).map(({ savedResponse }) => (savedResponse as SavedResponse | null)?.version)).toEqual([
        1,
        2,
        3,
        undefined,
      ]);
      expect(of(made.id)[2]).toMatchObject({
        savedResponse: { ...moved, updatedBy: { displayName: expect.any(String) } },
      });
    }
  });

  it('that a client missed come when it resumes, deletions too, at another replica as well', async () => {
    const [before, elsewhere] = [await follow(amelie, 0), await follow(vera, 1)];
    const made = await newResponse();
    await eventually(() => expect(changesOf(before)).toContainEqual(expect.objectContaining({ savedResponse: made })));
    const { cursor } = before.events('1').at(-1)!;
    before.close();
    const changed = (await update({ id: made.id, expectedVersion: 1, body: 'While away' })).savedResponse;
    await remove({ id: made.id, expectedVersion: 2 });
    const other = await newResponse();
    // A replica can replay only what it has heard.
    await eventually(() =>
      expect(changesOf(elsewhere)).toContainEqual(expect.objectContaining({ savedResponse: other })),
    );
    const after = await follow(amelie, 1, cursor);
    await eventually(() => expect(changesOf(after)).toHaveLength(3));
    expect(after.events('1')[0]).toMatchObject({ __typename: 'StreamReady', replaying: true });
    expect(changesOf(after)).toMatchObject([
      { savedResponse: changed },
      { deletedId: made.id },
      { savedResponse: other },
    ]);
  });

  it('that the broker lost come again to nobody who has seen them', async () => {
    const opened = await follow(vera, 0);
    const made = await newResponse();
    const told = () =>
      changesOf(opened).filter(({ savedResponse }) => (savedResponse as SavedResponse | null)?.id === made.id);
    await eventually(() => expect(told()).toHaveLength(1));
    await stack.nats.wipe();
    await stack.nats.restart();
    // Another title each time: one whose answer was lost is taken.
    const later = await eventually(() => newResponse(), { timeoutMs: 30_000 });
    await eventually(
      () => expect(changesOf(opened)).toContainEqual(expect.objectContaining({ savedResponse: later })),
      { timeoutMs: 30_000 },
    );
    expect(opened.events('1').map(({ __typename }) => __typename)).toContain('ResyncRequired');
    expect(told()).toHaveLength(1);
  }, 90_000);
});

it('while the service is down the fields are null beside an error that names it, and everything else works', async () => {
  const { id } = await newResponse();
  await Promise.all(stack.services['saved-response'].map((replica) => replica.kill()));
  const ask = () =>
    graphql(
      stack.gatewayUrls[0]!,
      amelie.cookie,
      '{ viewer { locale } savedResponses { nodes { id } } savedResponseCategories { id } conversations { nodes { id } } }',
    );
  const answer = await eventually(async () => {
    const asked = await ask();
    // Until the broker has noticed, what is asked of them runs into its limit.
    expect(codesOf(asked)).toEqual(['UPSTREAM_UNAVAILABLE', 'UPSTREAM_UNAVAILABLE']);
    return asked;
  });
  expect(answer.body.data).toMatchObject({
    viewer: { locale: 'en' },
    savedResponses: null,
    savedResponseCategories: null,
    conversations: { nodes: expect.any(Array) },
  });
  expect(answer.body.errors?.[0]?.extensions?.service).toBe('saved-response');
  await expect(update({ id, expectedVersion: 1, body: 'Now' })).rejects.toThrow('UPSTREAM_UNAVAILABLE');

  await Promise.all(stack.services['saved-response'].map((replica) => replica.restart()));
  await eventually(async () => expect(codesOf(await ask())).toEqual([]), { timeoutMs: 20_000 });
  expect((await update({ id, expectedVersion: 1, body: 'Now' })).savedResponse?.version).toBe(2);
}, 60_000);
