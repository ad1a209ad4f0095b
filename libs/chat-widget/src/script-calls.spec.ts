import { readCall } from './script-calls';

test('what a page tells of its visitor is read field by field', () => {
  expect(readCall('identify', 'a.b.c')).toEqual({ verb: 'identify', jwt: 'a.b.c' });
  expect(readCall('contact', { email: ' ann@example.com ', name: 'Ann', phone: null, company: '' })).toEqual({
    verb: 'contact',
    contact: { email: 'ann@example.com', name: 'Ann' },
  });
  expect(readCall('page', { url: 'https://shop.example/#/boots', title: 'Boots' })).toEqual({
    verb: 'page',
    page: { url: 'https://shop.example/#/boots', title: 'Boots' },
  });
});

test.each<[string, unknown, RegExp]>([
  ['identify', { jwt: 'x' }, /^identify takes a JWT/],
  ['identify', 'x'.repeat(4_001), /at most 4000/],
  ['contact', null, /^contact: takes an object/],
  ['contact', 'ann@example.com', /^contact: takes an object/],
  ['contact', ['ann@example.com'], /^contact: there is no 0/],
  ['contact', { name: 'Ann' }, /^contact: email must be an address/],
  ['contact', { email: 'ann' }, /^contact: email must be an address/],
  ['contact', { email: `${'a'.repeat(320)}@b.co` }, /^contact: email must be text of at most 320/],
  ['contact', { email: 'a@b.co', name: { first: 'Ann' } }, /^contact: name must be text/],
  ['contact', { email: 'a@b.co', role: 'admin' }, /^contact: there is no role/],
  ['contact', JSON.parse('{"email":"a@b.co","__proto__":{"x":1}}'), /^contact: there is no __proto__/],
  ['page', { url: 'javascript:alert(1)' }, /^page: url must be a web address/],
  ['page', { url: 'https://' }, /^page: url must be a web address/],
  ['page', { title: 'x'.repeat(301) }, /^page: title must be text of at most 300/],
  ['delete', {}, /^there is no "delete"/],
  ['__proto__', {}, /^there is no "__proto__"/],
])('%s(%j) is refused with the reason', (verb, value, reason) => {
  expect(readCall(verb, value)).toMatch(reason);
});
