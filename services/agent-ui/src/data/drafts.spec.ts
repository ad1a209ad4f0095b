import fc from 'fast-check';
import { Drafts, EMPTY_DRAFT, WRITE_MS } from './drafts';
import { MemoryStorage } from './kept-storage';
import type { TabNews } from './tabs';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function newDrafts(storage = new MemoryStorage()) {
  const told: TabNews[] = [];
  const drafts = new Drafts(storage, { tell: (news) => told.push(news) });
  return { drafts, storage, told };
}
const reopened = async (storage: MemoryStorage) => {
  const { drafts } = newDrafts(storage);
  drafts.load(await storage.readAll());
  return drafts;
};

it('every conversation has its own draft, and all are there after a reload', async () => {
  const { drafts, storage } = newDrafts();
  drafts.change('a', { text: 'for a' });
  drafts.change('b', { text: 'for b', channel: 'EMAIL' });
  drafts.change('c', { text: 'gone' });
  drafts.change('c', { text: '' });
  await jest.advanceTimersByTimeAsync(WRITE_MS);
  const after = await reopened(storage);
  expect(after.get('a').text).toBe('for a');
  expect(after.get('b')).toMatchObject({ text: 'for b', channel: 'EMAIL' });
  expect(after.get('c')).toBe(EMPTY_DRAFT);
  expect(await storage.readAll()).toHaveLength(2);
});

it('writes the first key at once, then at most once in 300 ms, and at once when the page goes', async () => {
  const { drafts, storage } = newDrafts();
  const writes = jest.spyOn(storage, 'write');
  for (const text of ['h', 'he', 'hel']) drafts.change('a', { text });
  expect(writes).toHaveBeenCalledTimes(1);
  await jest.advanceTimersByTimeAsync(WRITE_MS);
  expect(writes).toHaveBeenCalledTimes(2);
  expect((await reopened(storage)).get('a').text).toBe('hel');
  drafts.change('a', { text: 'hello' });
  expect(writes).toHaveBeenCalledTimes(2);
  await drafts.flush();
  expect((await reopened(storage)).get('a').text).toBe('hello');
  await jest.advanceTimersByTimeAsync(10 * WRITE_MS);
  expect(writes).toHaveBeenCalledTimes(3);
});

it('a storage that refuses is tried again by the next change, and by nothing else', async () => {
  const { drafts, storage } = newDrafts();
  const writes = jest.spyOn(storage, 'write').mockRejectedValueOnce(new Error('full'));
  drafts.change('a', { text: 'one' });
  await jest.advanceTimersByTimeAsync(10 * WRITE_MS);
  expect(writes).toHaveBeenCalledTimes(1);
  drafts.change('b', { text: 'two' });
  await jest.advanceTimersByTimeAsync(WRITE_MS);
  const after = await reopened(storage);
  expect([after.get('a').text, after.get('b').text]).toEqual(['one', 'two']);
});

it('what was sent leaves the storage only with the arrival of its message there', async () => {
  const { drafts, storage } = newDrafts();
  drafts.change('a', { text: 'precious' });
  await drafts.flush();
  drafts.leave('a', Promise.reject(new Error('the disk is full')));
  drafts.change('a', { text: '' });
  await jest.advanceTimersByTimeAsync(WRITE_MS);
  expect(drafts.get('a')).toBe(EMPTY_DRAFT);
  expect((await reopened(storage)).get('a').text).toBe('precious');
});

it.each([
  ['the same', 'Here it is', 'Here it is', ''],
  ['spaces around it', ' Here it is\n', 'Here it is', ''],
  ['more behind it', 'Here it is, and one more', 'Here it is', ', and one more'],
  ['something else', 'Here you are', 'Here it is', 'Here you are'],
  ['a text beside a message of files alone', 'One more', '', 'One more'],
])('a message leaves in the box what was written after Send was pressed: %s', (_, written, text, rest) => {
  const { drafts } = newDrafts();
  const file = { id: 'up_a', filename: 'a.txt', contentType: 'text/plain', byteSize: 3 };
  const late = { ...file, id: 'up_b' };
  drafts.change('a', { text: written, channel: 'WEB_CHAT', attachments: [file] });
  const message = { conversationId: 'a', text, attachments: [file] };
  expect(drafts.restAfter(message)).toEqual(
    rest === '' ? EMPTY_DRAFT : { text: rest, channel: 'WEB_CHAT', attachments: [] },
  );
  drafts.change('a', { attachments: [file, late] });
  expect(drafts.restAfter(message)).toEqual({ text: rest, channel: 'WEB_CHAT', attachments: [late] });
});

it('what another tab typed is taken over, but never over what was typed here and is not written yet', async () => {
  const { drafts, told } = newDrafts();
  drafts.hear('a', { ...EMPTY_DRAFT, text: 'theirs' });
  expect(drafts.get('a').text).toBe('theirs');
  drafts.change('a', { text: 'mine' });
  drafts.hear('a', { ...EMPTY_DRAFT, text: 'theirs again' });
  expect(drafts.get('a').text).toBe('mine');
  await drafts.flush();
  expect(told).toMatchObject([{ kind: 'draft', conversationId: 'a', draft: { text: 'mine' } }]);
});

it('storage that is read late does not replace what was typed meanwhile', () => {
  const { drafts } = newDrafts();
  drafts.change('a', { text: 'new' });
  drafts.load([
    ['draft/a', { ...EMPTY_DRAFT, text: 'old' }],
    ['outbox/x', { text: 'no draft' }],
  ]);
  expect(drafts.get('a').text).toBe('new');
  expect(drafts.get('x')).toBe(EMPTY_DRAFT);
});

it('whatever is typed, sent and reloaded, a draft is never lost and never another conversation’s', async () => {
  const step = fc.record({
    id: fc.constantFrom('a', 'b', 'c'),
    text: fc.string({ maxLength: 5 }),
    reload: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const storage = new MemoryStorage();
      let { drafts } = newDrafts(storage);
      const expected = new Map<string, string>();
      for (const { id, text, reload } of steps) {
        drafts.change(id, { text });
        expected.set(id, text);
        if (!reload) continue;
        await drafts.flush();
        drafts = await reopened(storage);
      }
      for (const [id, text] of expected) expect(drafts.get(id).text).toBe(text);
    }),
  );
});
