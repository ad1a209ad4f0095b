import { createHmac } from 'node:crypto';
import { appSecretProof, sign, toMetaJson } from './signature';

describe('JSON as Meta writes it', () => {
  test.each([
    ['an accent', 'é', '"\\u00e9"'],
    ['a slash', 'https://example.test/a', '"https:\\/\\/example.test\\/a"'],
    ['an emoji, as two units', '😀', '"\\ud83d\\ude00"'],
    ['hex digits in lower case', 'ÿ', '"\\u00ff"'],
    ['a line separator', '\u2028', '"\\u2028"'],
    ['quotes and backslashes as always', '"\\', '"\\"\\\\"'],
    ['ASCII as it is', 'a<b>&@%~\u007f', '"a<b>&@%~\u007f"'],
    ['a control character', '\n\u0001', '"\\n\\u0001"'],
  ])('has %s', (_what, text, json) => {
    expect(toMetaJson(text)).toBe(json);
    expect(JSON.parse(toMetaJson(text))).toBe(text);
  });

  test('differs from plain JSON in its bytes, and so in its signature', () => {
    const value = { text: 'é/' };
    const [meta, plain] = [Buffer.from(toMetaJson(value)), Buffer.from(JSON.stringify(value))];
    expect(sign(meta, 'secret')).not.toBe(sign(plain, 'secret'));
  });
});

test('a signature is sha256= and the hex digest of the bytes', () => {
  const body = Buffer.from('{"object":"page"}');
  expect(sign(body, 'secret')).toBe(`sha256=${createHmac('sha256', 'secret').update(body).digest('hex')}`);
});

test('the proof of an app secret is the hex digest of the token', () => {
  expect(appSecretProof('token', 'secret')).toBe(createHmac('sha256', 'secret').update('token').digest('hex'));
});
