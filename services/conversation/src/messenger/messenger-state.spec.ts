import * as fc from 'fast-check';
import type { MessengerContent, TimedChange } from './messenger-state';
import { keptChanges, messengerSnapshot, withChange } from './messenger-state';

const written: MessengerContent = {
  text: 'Is the red one in stock?',
  attachments: [],
  messenger: { reaction: null, edited: false, unsent: false, external: false, unsupported: false, media: 'PENDING' },
};
const minute = (n: number) => new Date(Date.UTC(2026, 10, 22, 13, n)).toISOString();
const file = (id: string) => ({ id, filename: 'a.png', contentType: 'image/png', byteSize: 7, storageKey: `k-${id}` });

const change: fc.Arbitrary<TimedChange> = fc.record({
  at: fc.integer({ min: 0, max: 5 }).map(minute),
  change: fc.oneof(
    fc.record({ kind: fc.constant('EDITED' as const), text: fc.constantFrom('a', 'b', 'c') }),
    fc.record({ kind: fc.constant('REACTION' as const), emoji: fc.constantFrom('❤', '👍', null) }),
    fc.record({
      kind: fc.constant('MEDIA' as const),
      attachments: fc.subarray(['up_1', 'up_2', 'up_3']).map((ids) => ids.map(file)),
      media: fc.constantFrom('READY' as const, 'FAILED' as const),
    }),
    fc.constant({ kind: 'UNSENT' as const }),
  ),
});

const after = (changes: readonly TimedChange[], from = written): MessengerContent =>
  changes.reduce((content, one) => withChange(content, one) ?? content, from);

const someOrderOf = (changes: TimedChange[]) => fc.shuffledSubarray(changes, { minLength: changes.length });
const mixed = fc
  .array(change, { maxLength: 8 })
  .chain((changes) => fc.tuple(fc.constant(changes), someOrderOf([...changes, ...changes])));

it('changes end with the same message in every order, however often each comes', () => {
  fc.assert(
    fc.property(mixed, ([changes, shuffled]) => {
      expect(after(shuffled)).toEqual(after(changes));
    }),
  );
});

it('changes that came before their message end with the same as those that came after', () => {
  fc.assert(
    fc.property(mixed, fc.nat(16), ([changes, shuffled], at) => {
      const early = shuffled.slice(0, at).reduce<TimedChange[]>(keptChanges, []);
      expect(after([...early, ...shuffled.slice(at)])).toEqual(after(changes));
    }),
  );
});

it('nothing is kept of the text of a message that was taken back before it came', () => {
  const edited: TimedChange = { at: minute(2), change: { kind: 'EDITED', text: 'secret' } };
  const unsent: TimedChange = { at: minute(1), change: { kind: 'UNSENT' } };
  for (const order of [
    [edited, unsent],
    [unsent, edited],
  ])
    expect(order.reduce<TimedChange[]>(keptChanges, [])).toEqual([unsent]);
});

it('a change that is known already is no news', () => {
  const loved: TimedChange = { at: minute(1), change: { kind: 'REACTION', emoji: '❤' } };
  const once = after([loved]);
  expect(once.messenger.reaction).toBe('❤');
  expect(withChange(once, loved)).toBeNull();
});

it('where bytes lie and when a part changed is shown to nobody', () => {
  const { attachments, messenger } = after([
    { at: minute(1), change: { kind: 'MEDIA', attachments: [file('up_1')], media: 'READY' } },
    { at: minute(2), change: { kind: 'EDITED', text: 'b' } },
  ]);
  expect(attachments).toEqual([{ id: 'up_1', filename: 'a.png', contentType: 'image/png', byteSize: 7 }]);
  expect(messengerSnapshot(messenger)).toEqual({ ...written.messenger, edited: true, media: 'READY' });
});
