import { readFrame, readLocale, readPage } from './read-frame';

const clientId = '0193c1f0-7f4e-4d0a-9a35-0a1b2c3d4e5f';
const read = (frame: unknown) => readFrame(JSON.stringify(frame), 100);
const send = (more: object) => read({ t: 'send', clientId, text: 'Hi', ...more });
const form = (values: object, more: object = {}) => read({ t: 'form', formId: 'f_12', clientId, values, ...more });
const nack = (code: string, field: string) => ({ nack: { t: 'nack', clientId, code, field } });

test('an unknown kind is ignored, what is no frame is a bad frame', () => {
  expect(read({ t: 'dance', on: true })).toBe('unknown');
  for (const text of ['', '{', 'null', '[]', '"x"', '{}', '{"t":1}', '{"t":"typing"}', '{"t":"send","text":"x"}']) {
    expect(readFrame(text, 100)).toBeNull();
  }
  expect(read({ t: 'hello', v: 2, site: 'site_a', token: null, tab: 'a', lastSeq: 0 })).toBeNull();
});

test('a message that cannot be stored is refused by its field', () => {
  expect(send({ text: ' \n ' })).toEqual(nack('invalid', 'text'));
  expect(send({ text: 'x'.repeat(101) })).toEqual(nack('too_long', 'text'));
  expect(send({ attachments: Array.from({ length: 11 }, () => 'up_1') })).toEqual(nack('invalid', 'attachments'));
  expect(send({ text: '', attachments: [] })).toEqual(nack('invalid', 'text'));
  expect(send({ text: '', attachments: ['up_1'] })).toMatchObject({ frame: { text: '', attachments: ['up_1'] } });
  expect(send({ text: 7 })).toEqual(nack('invalid', 'text'));
  expect(send({ text: 'x'.repeat(100), attachments: [] })).toMatchObject({ frame: { t: 'send' } });
});

test('security row 23: U+0000 and half a surrogate pair are refused, not stored', () => {
  expect(send({ text: 'a\u0000b' })).toEqual(nack('invalid', 'text'));
  expect(send({ text: 'a\ud800b' })).toEqual(nack('invalid', 'text'));
  expect(form({ email: 'a@b.co', name: 'A\u0000' })).toEqual(nack('invalid', 'name'));
  expect(form({ email: 'a@b.co' }, { formId: 'f\u0000' })).toEqual(nack('invalid', 'formId'));
});

test('security row 23: __proto__ and extra fields do not pass', () => {
  const text = `{"t":"send","clientId":"${clientId}","text":"Hi","__proto__":{"admin":true},"visitorId":"vis_x","constructor":1}`;
  expect(readFrame(text, 100)).toEqual({ frame: { t: 'send', clientId, text: 'Hi' } });
  expect(
    readFrame(`{"t":"form","formId":"f","clientId":"${clientId}","values":{"__proto__":"x","email":"a@b.co"}}`, 9),
  ).not.toMatchObject({ frame: { values: { admin: true } } });
  expect(form({ email: 'a@b.co', role: 'admin' })).toMatchObject({ nack: { code: 'invalid' } });
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

test('a form is checked field by field', () => {
  expect(form({ email: ' a@b.co ', name: 'Ann', phone: '+33 1 23 45 67 89' })).toMatchObject({ frame: { t: 'form' } });
  expect(form({ email: 'a@b' })).toEqual(nack('invalid', 'email'));
  expect(form({ name: 'Ann' })).toEqual(nack('invalid', 'email'));
  expect(form({ email: ' ', name: 'Ann' })).toEqual(nack('invalid', 'email'));
  expect(form({ email: 'a@b.co', name: ' ' })).toMatchObject({ frame: { t: 'form' } });
  expect(form({ email: 'a@b.co', phone: 'call me' })).toEqual(nack('invalid', 'phone'));
  expect(form({ email: 'a@b.co', company: 'x'.repeat(201) })).toEqual(nack('invalid', 'company'));
});

test('a claimed contact has an address and values that fit, or is passed over', () => {
  const contact = (values: object) => read({ t: 'contact', ...values });
  expect(contact({ email: 'a@b.co', name: 'Ann' })).toEqual({
    frame: { t: 'contact', email: 'a@b.co', name: 'Ann' },
  });
  for (const values of [{ email: 'a@b' }, { email: ' ' }, { email: 'a@b.co', phone: 'call me' }])
    expect(contact(values)).toBe('unknown');
  for (const values of [{}, { email: 7 }, { email: 'a@b.co', name: 'x'.repeat(201) }, { email: 'a\u0000@b.co' }])
    expect(contact(values)).toBeNull();
  expect(contact({ email: 'a@b.co', verified: true, visitorId: 'vis_x' })).toEqual({
    frame: { t: 'contact', email: 'a@b.co' },
  });
});

test('a page is a web address without credentials, its title is text', () => {
  expect(readPage({ url: 'https://u:p@shop.example/a b?q=\u0000x', title: 'Sho\u0000es\ud800' })).toEqual({
    url: 'https://shop.example/a%20b?q=%00x',
    title: 'Shoes\ufffd',
  });
  expect(readPage({ url: 'javascript:alert(1)' })).toBeNull();
  expect(readPage({ url: 'https://shop.example/', title: ' ' })).toEqual({ url: 'https://shop.example/', title: null });
});

test('a locale is a language tag or nothing', () => {
  expect([
    readLocale('fr'),
    readLocale('pt-BR'),
    readLocale('fr\u0000'),
    readLocale('>.*'),
    readLocale(undefined),
  ]).toEqual(['fr', 'pt-BR', null, null, null]);
});
