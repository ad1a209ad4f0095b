import fc from 'fast-check';
import { z } from 'zod';
import { Outbox } from './outbox';

/** The storage of one host page, seen by several tabs. */
function page() {
  const stored: Record<string, string> = {};
  const tabs: Outbox[] = [];
  const open = () => {
    const tab: Outbox = new Outbox(
      {
        store(key, value) {
          if (value === null) Reflect.deleteProperty(stored, key);
          else stored[key] = value;
          for (const other of tabs) if (other !== tab) other.absorb(key, value);
        },
      },
      { ...stored },
    );
    tabs.push(tab);
    return tab;
  };
  return { stored, open, closeAll: () => tabs.splice(0) };
}

const texts = (outbox: Outbox) => outbox.entries().map((entry) => entry.text);

test('unsent messages survive a reload, in the order they were written', () => {
  const host = page();
  const before = host.open();
  for (const text of ['one', 'two', 'three']) before.add(text, 1_000);
  host.closeAll();
  const after = host.open();
  expect(texts(after)).toEqual(['one', 'two', 'three']);
  expect(after.entries()).toEqual(before.entries());
  expect(after.next(1_000)?.inMs).toBe(0);
});

test('a message keeps its id until it is stored, so a repeated send is the same message', () => {
  const outbox = page().open();
  const { clientId } = outbox.add('hello');
  expect(z.uuid().safeParse(clientId).success).toBe(true);
  expect(outbox.next()?.entry.clientId).toBe(clientId);
  expect(outbox.remove(clientId)?.text).toBe('hello');
  expect(outbox.remove(clientId)).toBeNull();
  expect(outbox.next()).toBeNull();
});

test('a refused message steps aside for those behind it and is still refused after a reload', () => {
  const host = page();
  const outbox = host.open();
  const first = outbox.add('much too long');
  outbox.add('short');
  outbox.refuse(first.clientId, 'too_long');
  expect(outbox.next()?.entry.text).toBe('short');
  expect(host.open().entries()[0]).toMatchObject({ text: 'much too long', refused: 'too_long' });
});

test('a tab leaves a message to the tab that wrote it for 5 s, then sends it itself', () => {
  const host = page();
  const writer = host.open();
  const other = host.open();
  const { clientId } = writer.add('from the first tab', 10_000);
  expect(other.next(10_100)).toMatchObject({ entry: { clientId }, inMs: 4_900 });
  expect(other.next(15_000)?.inMs).toBe(0);
  writer.remove(clientId);
  expect(other.next(15_000)).toBeNull();
});

test('what else stands in the storage of the host page is passed over', () => {
  const foreign = {
    token: 'vt_x',
    'unsent.a': 'not json',
    'unsent.b': '"text"',
    'unsent.c': '{"clientId":"other","text":"x","at":1}',
    'unsent.d': '{"clientId":"d","text":5,"at":1}',
    'unsent.e': 'null',
  };
  expect(new Outbox({ store: () => undefined }, foreign).entries()).toEqual([]);
});

test('whatever two tabs write, send and reload, both hold the same messages and none is lost', () => {
  const step = fc.record({ tab: fc.nat(1), kind: fc.constantFrom('write', 'send', 'reload'), now: fc.nat(10_000) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const host = page();
      const tabs = [host.open(), host.open()];
      const written: string[] = [];
      const sent: string[] = [];
      for (const { tab, kind, now } of steps) {
        const outbox = tabs[tab];
        if (outbox === undefined) continue;
        if (kind === 'write') written.push(outbox.add(`text ${String(written.length)}`, now).clientId);
        if (kind === 'reload') tabs[tab] = host.open();
        const next = kind === 'send' ? outbox.next(now) : null;
        if (next !== null && outbox.remove(next.entry.clientId) !== null) sent.push(next.entry.clientId);
      }
      const left = tabs.map((outbox) => outbox.entries().map((entry) => entry.clientId));
      expect(left[0]).toEqual(left[1]);
      expect([...sent, ...(left[0] ?? [])].sort()).toEqual([...written].sort());
    }),
  );
});

test('an unsent answer to a form survives a reload under the same id, and a corrected one takes its place', () => {
  const host = page();
  const before = host.open();
  const first = before.addForm({ formId: 'address', values: { email: 'ann@localhost' } });
  before.refuse(first.clientId, 'invalid', 'email');
  host.closeAll();
  const after = host.open();
  expect(after.answersTo('address')).toEqual([{ ...first, refused: 'invalid', field: 'email' }]);
  const second = after.addForm({ formId: 'address', values: { email: 'ann@example.com' } });
  expect(second.clientId).not.toBe(first.clientId);
  expect(host.open().answersTo('address')).toEqual([second]);
  after.removeForms();
  expect(host.stored).toEqual({});
});

test('a stored answer that another script wrote is read within the limits or passed over', () => {
  const at = 1;
  const entry = (clientId: string, form: unknown) =>
    new Outbox(
      { store: () => undefined },
      { [`unsent.${clientId}`]: JSON.stringify({ clientId, text: '', attachments: [], at, form }) },
    ).entries();
  for (const form of [null, 7, 'x', {}, { formId: 'f' }, { formId: 7, values: {} }, { formId: 'f', values: null }])
    expect(entry('c', form)).toEqual([]);
  const values = { email: 'x'.repeat(9_000), name: 7, role: 'admin' };
  expect(entry('c', { formId: 'f', values })[0]?.form).toEqual({
    formId: 'f',
    values: { email: 'x'.repeat(320) },
  });
});
