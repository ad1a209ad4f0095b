import {
  CreateSavedResponse,
  DeleteSavedResponse,
  GetSavedResponses,
  ListSavedResponses,
  UpdateSavedResponse,
} from '@conversations/contracts';
import type { Client } from 'pg';
import {
  amelie,
  errorOf,
  eventsOf,
  newCategory,
  newResponse,
  type RunningService,
  startSavedResponse,
  tom,
} from './running-service';

let service: RunningService;
let owner: Client;

beforeAll(async () => {
  service = await startSavedResponse({ replicas: 2 });
  owner = await service.sql('owner');
}, 60_000);
beforeEach(() => owner.query('DELETE FROM saved_response; DELETE FROM category'));
afterAll(() => service?.stop(), 60_000);

type Change = { title?: string; body?: string; categoryId?: string | null };
const update = (id: string, expectedVersion: number, change: Change) =>
  service.request(UpdateSavedResponse, { id, expectedVersion, ...change, by: tom });
const remove = (id: string, expectedVersion: number) =>
  service.request(DeleteSavedResponse, { id, expectedVersion, by: tom });
const stored = async (id: string) => (await service.request(GetSavedResponses, { ids: [id] })).items[0];

async function list(
  asked: { search?: string; categoryId?: string; first?: number; after?: string | null } = {},
): Promise<{ titles: string[]; cursor: string | null; hasNextPage: boolean }> {
  const { search = null, categoryId = null, first = 50, after = null } = asked;
  const { pages } = await service.request(ListSavedResponses, { pages: [{ search, categoryId, first, after }] });
  const { items, hasNextPage } = pages[0]!;
  return {
    titles: items.map(({ savedResponse }) => savedResponse.title),
    cursor: items.at(-1)?.cursor ?? null,
    hasNextPage,
  };
}

describe('a saved response', () => {
  it('is stored as it was typed, with who wrote it', async () => {
    const { id: categoryId } = await newCategory(service, 'Delivery');
    const made = await newResponse(service, ' Tracking\nlink ', { body: '  Hello {name},\r\n\nbye ', categoryId });
    expect(made).toEqual({
      id: made.id,
      version: 1,
      title: 'Tracking link',
      body: '  Hello {name},\r\n\nbye ',
      categoryId,
      updatedBy: amelie,
      updatedAt: expect.any(String),
    });
    expect(await stored(made.id)).toEqual(made);
    const [event] = await eventsOf(service, made.id, 1);
    expect(event).toMatchObject({
      type: 'conversations.saved-response.changed.v1',
      actor: amelie.id,
      data: { savedResponse: made },
    });
  });

  it('changes in what is given alone, and its version grows by one', async () => {
    const { id: categoryId } = await newCategory(service, 'Delivery');
    const { id, body } = await newResponse(service, 'Old', { categoryId });
    const renamed = (await update(id, 1, { title: 'New' })).savedResponse;
    expect(renamed).toMatchObject({ version: 2, title: 'New', body, categoryId, updatedBy: tom });
    const rewritten = (await update(id, 2, { body: 'Other words' })).savedResponse;
    expect(rewritten).toMatchObject({ version: 3, title: 'New', body: 'Other words', categoryId });
    const free = (await update(id, 3, { categoryId: null })).savedResponse;
    expect(free).toMatchObject({ version: 4, title: 'New', body: 'Other words', categoryId: null });
    const events = await eventsOf(service, id, 4);
    expect(events.slice(1).map(({ data }) => data)).toEqual(
      [renamed, rewritten, free].map((savedResponse) => ({ savedResponse })),
    );
  });

  it('that is written as it stands takes no version', async () => {
    const made = await newResponse(service, 'Same');
    expect((await update(made.id, 1, { title: ' Same ', body: made.body })).savedResponse).toEqual(made);
    expect(await errorOf(update(made.id, 9, { title: 'Same' }))).toMatchObject({ code: 'STALE_VERSION' });
  });

  it('of two agents who change it at once over two replicas, one wins and the other sees what is stored', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await newResponse(service, `Contested ${round}`);
      const asked = await Promise.allSettled([update(id, 1, { body: 'mine' }), update(id, 1, { body: 'yours' })]);
      const won = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value.savedResponse] : []));
      const lost = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
      expect(won).toHaveLength(1);
      expect(lost[0]).toMatchObject({
        code: 'STALE_VERSION',
        options: { path: ['input', 'expectedVersion'], details: { currentVersion: 2, savedResponse: won[0] } },
      });
      expect(await stored(id)).toEqual(won[0]);
    }
  });

  it('is deleted by who saw its newest version, which is announced with a version of its own', async () => {
    const made = await newResponse(service, 'Gone');
    await update(made.id, 1, { body: 'changed' });
    expect(await errorOf(remove(made.id, 1))).toMatchObject({
      code: 'STALE_VERSION',
      options: { details: { currentVersion: 2 } },
    });
    expect(await remove(made.id, 2)).toEqual({ deletedId: made.id });
    const events = await eventsOf(service, made.id, 3);
    expect(events[2]).toMatchObject({
      type: 'conversations.saved-response.deleted.v1',
      actor: tom.id,
      data: { savedResponse: { id: made.id, version: 3, title: 'Gone', body: 'changed' } },
    });
    const gone = { code: 'NOT_FOUND', options: { path: ['input', 'id'] } };
    expect(await errorOf(remove(made.id, 2))).toMatchObject(gone);
    expect(await errorOf(update(made.id, 2, { title: 'Back' }))).toMatchObject(gone);
    expect(await stored(made.id)).toBeNull();
  });
});

describe('titles', () => {
  it('may be the same in different categories and outside of them, but not within one, in any case', async () => {
    const [one, other] = [await newCategory(service, 'one'), await newCategory(service, 'other')];
    for (const categoryId of [one.id, other.id, null]) await newResponse(service, 'Hello', { categoryId });
    const taken = { code: 'NAME_TAKEN', options: { path: ['input', 'title'] } };
    for (const categoryId of [one.id, other.id, null])
      expect(await errorOf(newResponse(service, 'HELLO', { categoryId }))).toMatchObject(taken);
    const bye = await newResponse(service, 'Bye', { categoryId: one.id });
    expect(await errorOf(update(bye.id, 1, { title: 'hello' }))).toMatchObject(taken);
    const free = await newResponse(service, 'hELLO!', { categoryId: other.id });
    expect(await errorOf(update(free.id, 1, { title: 'Hello', categoryId: null }))).toMatchObject(taken);
    expect(await stored(free.id)).toEqual(free);
  });

  it('of ten agents who save the same title at once, one does', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 10 }, () => newResponse(service, 'Once')));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await list()).titles).toEqual(['Once']);
  });
});

describe('limits', () => {
  it('a category that is unknown is refused', async () => {
    const categoryId = 'cat_0000000000000000';
    const refused = { code: 'NOT_FOUND', options: { path: ['input', 'categoryId'] } };
    expect(await errorOf(newResponse(service, 'a', { categoryId }))).toMatchObject(refused);
    const { id } = await newResponse(service, 'b');
    expect(await errorOf(update(id, 1, { categoryId }))).toMatchObject(refused);
  });

  it('what is no text, empty or too long is refused with the field that it stands in', async () => {
    const ask = (title: string, body: string) =>
      service.request(CreateSavedResponse, { title, body, categoryId: null, by: amelie });
    const refused = (code: string, field: string) => ({ code, options: { path: ['input', field] } });
    expect(await errorOf(ask(' ', 'b'))).toMatchObject(refused('INVALID_INPUT', 'title'));
    expect(await errorOf(ask('a\u0000', 'b'))).toMatchObject(refused('INVALID_INPUT', 'title'));
    expect(await errorOf(ask('a', 'b\ud800'))).toMatchObject(refused('INVALID_INPUT', 'body'));
    expect(await errorOf(ask('x'.repeat(121), 'b'))).toMatchObject(refused('TOO_LONG', 'title'));
    expect(await errorOf(ask('a', 'x'.repeat(10_001)))).toMatchObject(refused('TOO_LONG', 'body'));
    expect(await errorOf(update((await ask('a', 'b')).savedResponse.id, 1, { body: '' }))).toMatchObject(
      refused('INVALID_INPUT', 'body'),
    );
  });

  it('there are 2,000 at most, whoever comes first', async () => {
    await owner.query(
      `INSERT INTO saved_response SELECT 'rsp_' || lpad(n::text, 16, '0'), 1, 'title ' || n, 'title ' || n, 'title ' || n, 'body', NULL,
         '', '', '{"kind":"agent","id":"agt_000000000000000a","name":null}', now() FROM generate_series(1, 1998) n`,
    );
    const asked = await Promise.allSettled(['w', 'x', 'y', 'z'].map((title) => newResponse(service, title)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await errorOf(newResponse(service, 'One more'))).toMatchObject({
      code: 'INVALID_INPUT',
      message: 'There are 2,000 saved responses already. Delete one first.',
    });
  });
});

describe('lists', () => {
  it('are ordered by title without case and accents, of one category when it is given', async () => {
    const { id: categoryId } = await newCategory(service, 'Délais');
    for (const title of ['zebra', 'Échange', 'apple', 'Egg']) await newResponse(service, title, { categoryId });
    await newResponse(service, 'elsewhere');
    expect((await list()).titles).toEqual(['apple', 'Échange', 'Egg', 'elsewhere', 'zebra']);
    expect((await list({ categoryId })).titles).toEqual(['apple', 'Échange', 'Egg', 'zebra']);
    expect((await list({ categoryId: 'cat_0000000000000000' })).titles).toEqual([]);
  });

  it('a search finds beginnings of words in title and body, with or without accents, titles first', async () => {
    await newResponse(service, 'Étiquette de retour', { body: 'Vous la recevrez par e-mail.' });
    await newResponse(service, 'Adresse', { body: "L'ÉTIQUETTE porte votre adresse, cœur compris." });
    await newResponse(service, 'Zoo label', { body: 'Nothing of the kind.' });
    expect((await list({ search: 'etiq' })).titles).toEqual(['Étiquette de retour', 'Adresse']);
    expect((await list({ search: 'ÉTIQ ret' })).titles).toEqual(['Étiquette de retour']);
    expect((await list({ search: 'coeur' })).titles).toEqual(['Adresse']);
    expect((await list({ search: 'iquette' })).titles).toEqual([]);
    expect((await list({ search: "'; DROP TABLE saved_response; --" })).titles).toEqual([]);
    expect((await list({ search: '!!!' })).titles).toEqual([]);
    await update((await newResponse(service, 'Before')).id, 1, { title: 'Étude' });
    expect((await list({ search: 'before' })).titles).toEqual([]);
    expect((await list({ search: 'etude' })).titles).toEqual(['Étude']);
  });

  it('pages go on from their key, whatever is added, renamed or deleted meanwhile', async () => {
    const made = new Map<string, string>();
    for (const title of ['b1', 'b2', 'b3', 'b4', 'b5']) made.set(title, (await newResponse(service, title)).id);
    const first = await list({ first: 2 });
    expect(first).toMatchObject({ titles: ['b1', 'b2'], hasNextPage: true });
    await newResponse(service, 'a0');
    await newResponse(service, 'b25');
    await remove(made.get('b2')!, 1);
    await update(made.get('b1')!, 1, { title: 'b9' });
    const second = await list({ first: 4, after: first.cursor });
    expect(second).toMatchObject({ titles: ['b25', 'b3', 'b4', 'b5'], hasNextPage: true });
    expect(await list({ first: 4, after: second.cursor })).toMatchObject({ titles: ['b9'], hasNextPage: false });
  });

  it('a search pages from titles to bodies without a gap or a repeat', async () => {
    for (let index = 0; index < 7; index += 1) {
      await newResponse(service, index % 2 === 0 ? `word ${index}` : `other ${index}`, { body: 'a word' });
    }
    const titles: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page = await list({ search: 'wor', first: 2, after });
      titles.push(...page.titles);
      after = page.cursor;
      more = page.hasNextPage;
    }
    expect(titles).toEqual(['word 0', 'word 2', 'word 4', 'word 6', 'other 1', 'other 3', 'other 5']);
  });

  it('a foreign cursor is refused', async () => {
    expect(await errorOf(list({ after: 'bm9uc2Vuc2U' }))).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('the longest bodies come in shorter pages, all of them', async () => {
    const body = '\u0001'.repeat(10_000);
    const expected = Array.from({ length: 20 }, (_, index) => `long ${String(index).padStart(2, '0')}`);
    for (const title of expected) await newResponse(service, title, { body });
    const titles: string[] = [];
    let pages = 0;
    for (let after: string | null = null, more = true; more; pages += 1) {
      const page = await list({ first: 100, after });
      titles.push(...page.titles);
      after = page.cursor;
      more = page.hasNextPage;
    }
    expect(titles).toEqual(expected);
    expect(pages).toBe(2);
    const ten = { search: null, categoryId: null, first: 100, after: null };
    const { pages: answered } = await service.request(ListSavedResponses, {
      pages: Array.from({ length: 10 }, () => ten),
    });
    expect(answered.map(({ items, hasNextPage }) => [items.length, hasNextPage])).toEqual(
      Array.from({ length: 10 }, () => [1, true]),
    );
  });
});
