import * as fc from 'fast-check';
import { bodyMarker, findBodyMarker } from './body-marker';
import { ownMessageId, readOwnMessageId } from './message-id';
import { readReplyAddress, replyAddress } from './reply-token';
import { readReturnPath, returnPath } from './return-path';
import { SigningKeys, SigningKeysSetting } from './signing-keys';

const current = { id: 'b', secret: 'current-secret-of-at-least-32-characters' };
const older = { id: 'a', secret: 'older-secret-of-at-least-32-characters!!' };
const keys = new SigningKeys([current, older]);
const INBOX = 'inbox@shop.example';

const id = (prefix: 'cnv' | 'msg') =>
  fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => `${prefix}_${Buffer.from(bytes).toString('hex')}`);
const attempt = fc.integer({ min: 1, max: 1023 });

/** Every kind of id of ours: how it is made, and what is read from it. */
const kinds = {
  'a reply address': {
    make: (by: SigningKeys, conversation: string) => replyAddress(by, INBOX, conversation) ?? '',
    read: (text: string) => readReplyAddress(keys, text),
    prefix: 'cnv' as const,
  },
  'a Message-ID': {
    make: (by: SigningKeys, message: string) => ownMessageId(by, 'shop.example', message),
    read: (text: string) => readOwnMessageId(keys, text),
    prefix: 'msg' as const,
  },
  'a body marker': {
    make: (by: SigningKeys, conversation: string) => bodyMarker(by, conversation),
    read: (text: string) => findBodyMarker(keys, text)?.conversationId ?? null,
    prefix: 'cnv' as const,
  },
  'a return path': {
    make: (by: SigningKeys, message: string) => returnPath(by, INBOX, message, 3) ?? '',
    read: (text: string) => readReturnPath(keys, text)?.messageId ?? null,
    prefix: 'msg' as const,
  },
};

describe.each(Object.entries(kinds))('%s', (_name, { make, read, prefix }) => {
  it('names what it was made for', () => {
    fc.assert(fc.property(id(prefix), (one) => read(make(keys, one)) === one));
  });

  it('is read whatever a server does to its case, and with o for 0 and l for 1', () => {
    fc.assert(
      fc.property(id(prefix), (one) => {
        const made = make(keys, one);
        const confused = made.replace(/[0-9a-z]{39,}/, (digits) => digits.replaceAll('0', 'O').replaceAll('1', 'l'));
        return [made.toUpperCase(), confused].every((text) => read(text) === one);
      }),
    );
  });

  it('is read when an older key made it, and not when an unknown one did', () => {
    fc.assert(fc.property(id(prefix), (one) => read(make(new SigningKeys([older]), one)) === one));
    const foreign = { ...current, secret: 'another-secret-of-at-least-32-characters' };
    fc.assert(fc.property(id(prefix), (one) => read(make(new SigningKeys([foreign]), one)) === null));
    const unknown = { id: 'z', secret: current.secret };
    fc.assert(fc.property(id(prefix), (one) => read(make(new SigningKeys([unknown]), one)) === null));
  });

  it('is worth nothing after any one of its digits was changed', () => {
    fc.assert(
      fc.property(
        id(prefix),
        fc.nat(),
        fc.constantFrom(...Array.from('0123456789abcdefghjkmnpqrstvwxyz')),
        (one, place, digit) => {
          const made = make(keys, one);
          const start = /[0-9a-z]{39,}/.exec(made)?.index ?? 0;
          // Behind the letter that tells the kind, where there is one.
          const first = made.startsWith('ref-') ? start : start + 1;
          const at = first + (place % 38);
          const forged = made.slice(0, at) + digit + made.slice(at + 1);
          return forged === made || read(forged) === null;
        },
      ),
    );
  });

  it('is not found in any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => read(text) === null));
    fc.assert(
      fc.property(
        fc.stringMatching(/^(inbox\+[cb]|m|ref-)[0-9a-z]{38,42}(@shop\.example)?$/),
        (text) => read(text) === null,
      ),
    );
  });
});

it('one kind of id is not taken for another', () => {
  fc.assert(
    fc.property(id('cnv'), (one) => {
      const marker = bodyMarker(keys, one).slice('ref-'.length);
      return readReplyAddress(keys, `inbox+c${marker}@shop.example`) === null;
    }),
  );
});

it('every local part is one that mail servers take', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z][a-z.-]{0,40}$/),
      id('cnv'),
      id('msg'),
      attempt,
      (local, conversation, message, number) => {
        const made = [
          replyAddress(keys, `${local}@shop.example`, conversation),
          returnPath(keys, `${local}@shop.example`, message, number),
        ];
        return made.every((address) => address === null || address.indexOf('@') <= 64);
      },
    ),
  );
  expect(replyAddress(keys, `${'x'.repeat(23)}@shop.example`, `cnv_${'0'.repeat(32)}`)).not.toBeNull();
  expect(replyAddress(keys, `${'x'.repeat(24)}@shop.example`, `cnv_${'0'.repeat(32)}`)).toBeNull();
});

it('a return path tells the attempt', () => {
  fc.assert(
    fc.property(id('msg'), attempt, (message, number) => {
      const address = returnPath(keys, INBOX, message, number) ?? '';
      expect(readReturnPath(keys, `<${address}>`)).toEqual({ messageId: message, attempt: number });
    }),
  );
});

it('a marker is found in quoted, wrapped and surrounding text, at its place', () => {
  const conversation = 'cnv_019329a0c4b17cc0a1b2c3d4e5f60718';
  const marker = bodyMarker(keys, conversation);
  const text = `Thanks!\r\n> It arrives tomorrow.\r\n> ${marker}\r\n`;
  expect(findBodyMarker(keys, text)).toEqual({ conversationId: conversation, index: text.indexOf(marker) });
  expect(findBodyMarker(keys, `x${marker}`)).toBeNull();
  expect(findBodyMarker(keys, `${`ref-${'0'.repeat(39)} `.repeat(25)}${marker}`)).toBeNull();
});

describe('the setting of the keys', () => {
  it('gives the keys in their order', () => {
    const setting = `${current.id}:${current.secret},${older.id}:${older.secret}`;
    const one = 'cnv_019329a0c4b17cc0a1b2c3d4e5f60718';
    expect(bodyMarker(SigningKeysSetting.parse(setting), one)).toBe(bodyMarker(keys, one));
  });

  it.each([
    ['an empty list', ''],
    ['a short secret', 'a:short'],
    ['a name that is no digit', `u:${current.secret}`],
    ['a missing colon', `a${current.secret}`],
    ['one name twice', `a:${current.secret},a:${older.secret}`],
  ])('refuses %s', (_what, setting) => {
    expect(SigningKeysSetting.safeParse(setting).success).toBe(false);
  });
});
