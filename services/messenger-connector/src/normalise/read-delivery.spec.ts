import * as fc from 'fast-check';
import type { Fact } from './fact';
import { parseExactJson } from './parse-json';
import { readDelivery } from './read-delivery';
import { readItem } from './read-item';

const PAGE = '104';
const AT = Date.parse('2026-11-22T13:35:40Z');
const NOW = Date.parse('2026-11-22T13:35:41Z');

const item = (given: object) => ({ sender: { id: '24006789' }, recipient: { id: PAGE }, timestamp: AT, ...given });
const factOf = (given: object): Fact => readItem(PAGE, item(given), NOW).fact;
const message = (given: object) => factOf({ message: { mid: 'm_1', ...given } });

describe('what each kind says', () => {
  it.each<[name: string, given: object, said: object]>([
    [
      'a text',
      { message: { mid: 'm_1', text: 'Hello' } },
      { kind: 'message', text: 'Hello', direction: 'INBOUND', mid: 'm_1' },
    ],
    ['a quick reply', { message: { mid: 'm_1', text: 'Yes', quick_reply: { payload: 'YES' } } }, { text: 'Yes' }],
    [
      'an answer to a message',
      { message: { mid: 'm_1', text: 'This one', reply_to: { mid: 'm_0' } } },
      { text: 'This one' },
    ],
    [
      'a postback',
      { postback: { mid: 'm_2', title: 'Get started', payload: 'START' } },
      { kind: 'message', text: 'Get started', mid: 'm_2' },
    ],
    [
      'a postback without a mid',
      { postback: { title: 'Get started', payload: 'START' } },
      { kind: 'message', mid: null },
    ],
    [
      'an edit',
      { message_edit: { mid: 'm_1', text: 'Better', num_edit: 1 } },
      { kind: 'edit', mid: 'm_1', text: 'Better' },
    ],
    ['an unsend', { message: { mid: 'm_1', is_deleted: true } }, { kind: 'unsend', mid: 'm_1' }],
    [
      'a reaction',
      { reaction: { mid: 'm_1', action: 'react', emoji: '❤️', reaction: 'love' } },
      { kind: 'reaction', emoji: '❤️', opensWindow: true },
    ],
    ['a reaction without its emoji', { reaction: { mid: 'm_1', action: 'react', reaction: 'wow' } }, { emoji: '😮' }],
    ['a reaction taken back', { reaction: { mid: 'm_1', action: 'unreact' } }, { emoji: null, opensWindow: false }],
    [
      'a delivery mark',
      { delivery: { mids: ['m_1'], watermark: AT } },
      { kind: 'delivery', mids: ['m_1'], watermark: AT },
    ],
    ['a delivery mark without mids', { delivery: { watermark: AT } }, { kind: 'delivery', mids: [] }],
    ['a read mark', { read: { watermark: AT } }, { kind: 'read', watermark: AT }],
    ['an m.me link', { referral: { source: 'SHORTLINK', ref: 'x' } }, { kind: 'referral', opensWindow: true }],
    ['an advertisement', { referral: { source: 'ADS' } }, { kind: 'referral', opensWindow: false }],
    [
      'a block of the page',
      { sender: undefined, policy_enforcement: { action: 'block', reason: 'why' } },
      { kind: 'policy', action: 'block' },
    ],
    ['an opt-in', { optin: { ref: 'x' } }, { kind: 'noted', what: 'optin' }],
    ['a change of the thread’s owner', { pass_thread_control: { new_owner_app_id: 1 } }, { kind: 'noted' }],
    ['something new about a message', { hologram: { mid: 'm_9' } }, { kind: 'message', unsupported: true, mid: 'm_9' }],
    ['something new', { hologram: {} }, { kind: 'unrecognised' }],
  ])('%s', (_name, given, said) => {
    expect(factOf(given)).toMatchObject(said);
  });

  it('files are fetched later; a sticker is one, also under its own type', () => {
    const attachments = [
      { type: 'image', payload: { url: 'https://scontent.fbcdn.net/1.jpg', sticker_id: 369 } },
      { type: 'sticker', payload: { url: 'https://scontent.fbcdn.net/2.webp' } },
    ];
    expect(message({ attachments })).toMatchObject({
      media: [{ type: 'image' }, { type: 'sticker', url: 'https://scontent.fbcdn.net/2.webp' }],
      unsupported: false,
    });
  });

  it('a place is shown with its coordinates and a map', () => {
    const attachments = [
      { type: 'location', title: 'Shop', payload: { coordinates: { lat: 52.3765533, long: 9.7389123 } } },
    ];
    expect(message({ attachments })).toMatchObject({
      text: expect.stringMatching(/^Shop\n52\.3765533, 9\.7389123\nhttps:\/\/www\.openstreetmap\.org/),
    });
  });

  it('a share is its title and link, once', () => {
    const link = 'https://shop.example/red';
    expect(
      message({ text: `Look ${link}`, attachments: [{ type: 'fallback', title: 'Red', payload: { url: link } }] }),
    ).toMatchObject({
      text: `Look ${link}\nRed`,
    });
  });

  it('a link that is none is not shown as one', () => {
    expect(message({ attachments: [{ type: 'fallback', URL: 'javascript:alert(1)' }] })).toMatchObject({
      text: '',
      unsupported: true,
    });
  });

  it('a message with nothing to show is never empty, it is unsupported', () => {
    for (const given of [
      {},
      { text: '' },
      { text: ' \n' },
      { attachments: [] },
      { is_unsupported: true },
      { attachments: [{ type: 'hologram' }] },
    ]) {
      expect(message(given)).toMatchObject({ kind: 'message', unsupported: true, media: [] });
    }
  });
});

describe('who wrote to whom', () => {
  const echo = {
    sender: { id: PAGE },
    recipient: { id: '7' },
    message: { mid: 'm_1', is_echo: true, app_id: 1517776481860111, metadata: 'x', text: 'ours' },
  };

  it('an echo is from the page, to the person', () => {
    expect(factOf(echo)).toMatchObject({
      personId: '7',
      direction: 'OUTBOUND',
      appId: '1517776481860111',
      metadata: 'x',
    });
  });

  it('what the page does to a message does not open the window', () => {
    const given = {
      sender: { id: PAGE },
      recipient: { id: '7' },
      reaction: { mid: 'm_1', action: 'react', emoji: '👍' },
    };
    expect(factOf(given)).toMatchObject({ personId: '7', opensWindow: false });
  });
});

describe('times', () => {
  it.each([
    [1_458_692_752, 1_458_692_752_000],
    [1_458_692_752_478, 1_458_692_752_478],
    ['1458668856463', 1_458_668_856_463],
    [-5, NOW],
    [9e15, NOW],
    ['soon', NOW],
    [undefined, NOW],
  ])('%s', (timestamp, at) => {
    expect(factOf({ timestamp, message: { mid: 'm', text: 'x' } }).at).toBe(at);
  });
});

it('the same item has the same key in standby and in messaging, and another one another', () => {
  const keys = [
    item({ read: { watermark: 1 } }),
    item({ read: { watermark: 2 } }),
    item({ message: { mid: 'm_1', text: 'x' } }),
  ].map((given) => readItem(PAGE, given, NOW).key);
  const body = {
    object: 'page',
    entry: [
      {
        id: PAGE,
        time: NOW,
        messaging: [item({ read: { watermark: 1 } })],
        standby: [item({ read: { watermark: 1 } })],
      },
    ],
  };
  const read = readDelivery(Buffer.from(JSON.stringify(body)), NOW).items.map(({ key }) => key);
  expect(new Set(keys).size).toBe(3);
  expect(read).toEqual([keys[0], keys[0]]);
});

it('numbers beyond 2^53 keep their digits, others stay numbers', () => {
  expect(
    parseExactJson(Buffer.from('\ufeff{"a":98765432109876543210,"b":12,"c":1.5,"d":-9007199254740993,"e":1e30}')),
  ).toEqual({
    a: '98765432109876543210',
    b: 12,
    c: 1.5,
    d: '-9007199254740993',
    e: 1e30,
  });
});

const party = fc.oneof(fc.record({ id: fc.oneof(fc.string(), fc.integer(), fc.constant(null)) }), fc.anything());
const anyItem = fc.oneof(
  fc.anything(),
  fc.record(
    {
      sender: party,
      recipient: party,
      timestamp: fc.oneof(fc.double(), fc.integer(), fc.string(), fc.constant(null)),
      message: fc.oneof(
        fc.anything(),
        fc.record(
          {
            mid: fc.oneof(fc.string(), fc.integer()),
            text: fc.oneof(fc.string({ unit: 'binary' }), fc.anything()),
            is_echo: fc.boolean(),
            is_deleted: fc.boolean(),
            attachments: fc.oneof(
              fc.anything(),
              fc.array(
                fc.record({ type: fc.string(), payload: fc.anything(), title: fc.anything() }, { requiredKeys: [] }),
              ),
            ),
          },
          { requiredKeys: [] },
        ),
      ),
      postback: fc.anything(),
      reaction: fc.oneof(
        fc.anything(),
        fc.record({ mid: fc.string(), emoji: fc.string({ unit: 'binary' }), action: fc.string() }),
      ),
      delivery: fc.anything(),
      read: fc.oneof(fc.anything(), fc.record({ watermark: fc.double() })),
      referral: fc.anything(),
      policy_enforcement: fc.anything(),
    },
    { requiredKeys: [] },
  ),
);
const json = (value: unknown) =>
  Buffer.from(
    JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? String(part) : part)) ?? 'null',
  );

describe('whatever comes', () => {
  it('every item becomes one fact, in its order, and never costs its neighbours', () => {
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 5 }), (strange) => {
        const neighbour = (mid: string) => item({ message: { mid, text: mid } });
        const body = {
          object: 'page',
          entry: [{ id: PAGE, time: NOW, messaging: [neighbour('m_first'), ...strange, neighbour('m_last')] }],
        };
        const { items } = readDelivery(json(body), NOW);
        expect(items).toHaveLength(strange.length + 2);
        expect([items[0], items.at(-1)]).toMatchObject([{ key: 'm:m_first' }, { key: 'm:m_last' }]);
        for (const { fact, unreadable, key } of items) {
          expect(unreadable === null).toBe(fact.kind !== 'unrecognised');
          expect(Number.isSafeInteger(fact.at)).toBe(true);
          expect(key.length).toBeLessThan(700);
          if (fact.kind !== 'message') continue;
          expect(fact.text.isWellFormed() && !fact.text.includes('\u0000')).toBe(true);
          expect(fact.unsupported || fact.text.trim() !== '' || fact.media.length > 0).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('any bytes are read without a throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readDelivery(Buffer.from(bytes), NOW)));
    fc.assert(fc.property(fc.anything(), (value) => void readDelivery(json(value), NOW)));
    fc.assert(fc.property(fc.array(fc.anything()), (entry) => void readDelivery(json({ object: 'page', entry }), NOW)));
    expect(readDelivery(Buffer.from('['.repeat(500_000)), NOW)).toEqual({ items: [], strange: 1 });
    const deep = `{"object":"page","entry":[{"id":"104","messaging":[${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}]}]}`;
    expect(readDelivery(Buffer.from(deep), NOW).items.length + readDelivery(Buffer.from(deep), NOW).strange).toBe(1);
  });
});
