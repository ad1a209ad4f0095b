import { MemoryStorage } from './kept-storage';
import { PageDrafts } from './page-drafts';

test('what is edited on a page is there after a reload, and gone when it is taken back', async () => {
  const storage = new MemoryStorage();
  const first = new PageDrafts(storage);
  expect(first.of('automation').get()).toBeNull();
  first.load([]);
  expect(first.of('automation').get()).toBeUndefined();
  first.change('automation', { text: 'Hello' });
  await first.flush();

  const second = new PageDrafts(storage);
  const shown = second.of('automation');
  second.load(await storage.readAll());
  expect(shown.get()).toEqual({ text: 'Hello' });
  second.change('automation', undefined);
  await second.flush();
  expect(await storage.readAll()).toEqual([]);
});

test('a change before the storage was read wins over what it holds', async () => {
  const storage = new MemoryStorage();
  await storage.write([{ key: 'page/automation', value: 'old' }]);
  const drafts = new PageDrafts(storage);
  drafts.change('automation', 'new');
  drafts.load(await storage.readAll());
  expect(drafts.of('automation').get()).toBe('new');
  await drafts.flush();
});

test('a storage that refuses keeps nothing, and the next change tries again', async () => {
  const storage = new MemoryStorage();
  let works = false;
  const drafts = new PageDrafts({
    readAll: () => storage.readAll(),
    write: (changes) => (works ? storage.write(changes) : Promise.reject(new Error('full'))),
  });
  drafts.load([]);
  drafts.change('automation', 'one');
  await drafts.flush();
  works = true;
  await drafts.flush();
  expect(await storage.readAll()).toEqual([['page/automation', 'one']]);
});
