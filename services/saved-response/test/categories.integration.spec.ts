import {
  DeleteSavedResponseCategory,
  GetSavedResponses,
  type SavedResponseCategorySnapshot,
  UpdateSavedResponse,
  UpdateSavedResponseCategory,
} from '@conversations/contracts';
import type { Client } from 'pg';
import {
  amelie,
  categoriesNow,
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

const namesNow = async () => (await categoriesNow(service)).map(({ name }) => name);
const byName = async (name: string): Promise<SavedResponseCategorySnapshot> =>
  (await categoriesNow(service)).find((category) => category.name === name)!;
const move = async (name: string, position: number) => {
  const { id, version } = await byName(name);
  return service.request(UpdateSavedResponseCategory, { id, expectedVersion: version, position, by: tom });
};
const remove = (category: SavedResponseCategorySnapshot, moveTo: string | null = null) =>
  service.request(DeleteSavedResponseCategory, {
    id: category.id,
    expectedVersion: category.version,
    moveTo,
    by: amelie,
  });

describe('places', () => {
  it('a new category stands at the end, or where it was asked for; the others make room', async () => {
    for (const name of ['a', 'b', 'c']) await newCategory(service, name);
    expect((await newCategory(service, 'between', 1)).position).toBe(1);
    expect((await newCategory(service, 'far', 70)).position).toBe(4);
    expect(await namesNow()).toEqual(['a', 'between', 'b', 'c', 'far']);
    expect((await categoriesNow(service)).map(({ position }) => position)).toEqual([0, 1, 2, 3, 4]);
  });

  it.each([
    ['a', 2, ['b', 'c', 'a', 'd']],
    ['d', 0, ['d', 'a', 'b', 'c']],
    ['b', 99, ['a', 'c', 'd', 'b']],
    ['c', 1, ['a', 'c', 'b', 'd']],
  ])('%s moves to place %i', async (name, position, expected) => {
    for (const each of ['a', 'b', 'c', 'd']) await newCategory(service, each);
    await move(name, position);
    expect(await namesNow()).toEqual(expected);
  });

  it('each category that a move shifts takes a version and is announced, the others are left alone', async () => {
    for (const each of ['a', 'b', 'c', 'd']) await newCategory(service, each);
    await move('c', 0);
    const now = await categoriesNow(service);
    expect(now.map(({ name, version }) => [name, version])).toEqual([
      ['c', 2],
      ['a', 2],
      ['b', 2],
      ['d', 1],
    ]);
    for (const category of now) {
      const events = await eventsOf(service, category.id, category.version);
      expect(events.at(-1)).toMatchObject({
        type: 'conversations.saved-response-category.changed.v1',
        data: { category },
      });
    }
  });

  it('moving to where it stands changes nothing', async () => {
    const category = await newCategory(service, 'a');
    expect((await move('a', 0)).category).toEqual(category);
    expect((await move('a', 5)).category).toEqual(category);
  });

  it('a place below 0 is refused', async () => {
    expect(await errorOf(newCategory(service, 'a', -1))).toMatchObject({
      code: 'INVALID_INPUT',
      options: { path: ['input', 'position'] },
    });
  });

  it('two agents who make and move categories at once leave no gap and no repeat', async () => {
    for (let index = 0; index < 6; index += 1) await newCategory(service, `old ${index}`);
    const making = Array.from({ length: 10 }, (_, index) => newCategory(service, `new ${index}`, index % 4));
    const moving = ['old 0', 'old 5', 'old 3'].map((name) =>
      move(name, 2).catch((error: unknown) => expect(error).toMatchObject({ code: 'STALE_VERSION' })),
    );
    await Promise.all([...making, ...moving]);
    const now = await categoriesNow(service);
    expect(now.map(({ position }) => position)).toEqual(Array.from({ length: 16 }, (_, index) => index));
    for (const { id, version } of now) await eventsOf(service, id, version);
  });

  it('there are 100 at most, whoever comes first', async () => {
    await owner.query(
      `INSERT INTO category SELECT 'cat_' || lpad(n::text, 16, '0'), 1, 'name ' || n, 'name ' || n, n FROM generate_series(0, 97) n`,
    );
    const asked = await Promise.allSettled(['x', 'y', 'z', 'w'].map((name) => newCategory(service, name)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await errorOf(newCategory(service, 'one more', 0))).toMatchObject({
      code: 'INVALID_INPUT',
      message: 'There are 100 categories already. Delete one first.',
    });
    expect(await namesNow()).toHaveLength(100);
  });
});

describe('names', () => {
  it('no two are the same in any case', async () => {
    await newCategory(service, 'Échanges');
    const other = await newCategory(service, 'Other');
    const taken = { code: 'NAME_TAKEN', options: { path: ['input', 'name'] } };
    expect(await errorOf(newCategory(service, ' ÉCHANGES '))).toMatchObject(taken);
    const renaming = { id: other.id, expectedVersion: 1, name: 'échanges', by: tom };
    expect(await errorOf(service.request(UpdateSavedResponseCategory, renaming))).toMatchObject(taken);
    expect(await namesNow()).toEqual(['Échanges', 'Other']);
  });

  it('a category may change the case of its own', async () => {
    const { id } = await newCategory(service, 'delivery');
    const renamed = await service.request(UpdateSavedResponseCategory, {
      id,
      expectedVersion: 1,
      name: 'Delivery',
      by: tom,
    });
    expect(renamed.category).toEqual({ id, version: 2, name: 'Delivery', position: 0 });
  });

  it('of two agents who rename at once one wins, and the other sees what is stored now', async () => {
    const { id } = await newCategory(service, 'before');
    const rename = (name: string) =>
      service.request(UpdateSavedResponseCategory, { id, expectedVersion: 1, name, by: amelie });
    const [first, second] = await Promise.allSettled([rename('mine'), rename('yours')]);
    const [winner] = [first, second].flatMap((one) => (one.status === 'fulfilled' ? [one.value.category] : []));
    const [loser] = [first, second].flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(winner).toMatchObject({ id, version: 2 });
    expect(loser).toMatchObject({
      code: 'STALE_VERSION',
      options: { details: { currentVersion: 2, category: winner } },
    });
  });
});

describe('deleting', () => {
  it('an empty one closes the gap and is announced after everything else of it', async () => {
    const [, b] = [await newCategory(service, 'a'), await newCategory(service, 'b'), await newCategory(service, 'c')];
    expect(await remove(b)).toEqual({ deletedId: b.id });
    expect((await categoriesNow(service)).map(({ name, position, version }) => [name, position, version])).toEqual([
      ['a', 0, 1],
      ['c', 1, 2],
    ]);
    const events = await eventsOf(service, b.id, 2);
    expect(events[1]).toMatchObject({
      type: 'conversations.saved-response-category.deleted.v1',
      actor: amelie.id,
      data: { category: { ...b, version: 2 } },
    });
  });

  it('one that holds something needs another one that takes it', async () => {
    const full = await newCategory(service, 'full');
    const taker = await newCategory(service, 'taker');
    const held = await newResponse(service, 'Held', { categoryId: full.id });
    expect(await errorOf(remove(full))).toMatchObject({
      code: 'CATEGORY_NOT_EMPTY',
      options: { path: ['input', 'moveTo'] },
    });
    expect(await errorOf(remove(full, full.id))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await errorOf(remove(full, 'cat_0000000000000000'))).toMatchObject({
      code: 'NOT_FOUND',
      options: { path: ['input', 'moveTo'] },
    });
    expect(await namesNow()).toEqual(['full', 'taker']);

    await remove(full, taker.id);
    const { items } = await service.request(GetSavedResponses, { ids: [held.id] });
    expect(items[0]).toMatchObject({ ...held, version: 2, categoryId: taker.id, updatedAt: expect.any(String) });
    const events = await eventsOf(service, held.id, 2);
    expect(events[1]).toMatchObject({
      type: 'conversations.saved-response.changed.v1',
      data: { savedResponse: items[0] },
    });
  });

  it('moves nothing when the taker has a title already', async () => {
    const full = await newCategory(service, 'full');
    const taker = await newCategory(service, 'taker');
    await newResponse(service, 'Free', { categoryId: full.id });
    await newResponse(service, 'Same', { categoryId: full.id });
    await newResponse(service, 'SAME', { categoryId: taker.id });
    expect(await errorOf(remove(full, taker.id))).toMatchObject({
      code: 'NAME_TAKEN',
      options: { path: ['input', 'moveTo'] },
    });
    expect(await categoriesNow(service)).toEqual([full, taker]);
  });

  it('by somebody who saw another state is refused, and a second time there is nothing', async () => {
    const category = await newCategory(service, 'a');
    expect(await errorOf(remove({ ...category, version: 7 }))).toMatchObject({
      code: 'STALE_VERSION',
      options: { details: { currentVersion: 1, category } },
    });
    await remove(category);
    expect(await errorOf(remove(category))).toMatchObject({ code: 'NOT_FOUND', options: { path: ['input', 'id'] } });
  });

  it('never leaves a saved response in a category that is gone, however they race', async () => {
    const category = await newCategory(service, 'contested');
    const response = await newResponse(service, 'Wanderer');
    const entering = service.request(UpdateSavedResponse, {
      id: response.id,
      expectedVersion: 1,
      categoryId: category.id,
      by: tom,
    });
    const [entered, deleted] = await Promise.allSettled([entering, remove(category)]);
    expect([entered.status, deleted.status].sort()).toEqual(['fulfilled', 'rejected']);
    const { items } = await service.request(GetSavedResponses, { ids: [response.id] });
    expect(items[0]?.categoryId).toBe(deleted.status === 'fulfilled' ? null : category.id);
  });
});
