import { checkAddress, isPublicAddress } from './media-address';

const allowed = { hosts: ['fbcdn.net', 'fbsbx.com'], origins: ['http://127.0.0.1:3010'] };

it('row 5: only Meta’s hosts, over https on its port', () => {
  for (const address of [
    'https://scontent.xx.fbcdn.net/v/1.jpg?oh=1',
    'https://cdn.fbsbx.com/a',
    'https://FBCDN.NET./a',
  ]) {
    expect(checkAddress(address, allowed).isTrusted).toBe(false);
  }
  expect(checkAddress('http://127.0.0.1:3010/media/1', allowed).isTrusted).toBe(true);
});

it.each([
  'http://scontent.fbcdn.net/1.jpg',
  'https://scontent.fbcdn.net:8443/1.jpg',
  'https://evilfbcdn.net/1.jpg',
  'https://fbcdn.net.evil.example/1.jpg',
  'https://fbcdn.net@evil.example/1.jpg',
  'https://user:pass@scontent.fbcdn.net/1.jpg',
  'https://evil.example/#.fbcdn.net',
  'https://evil.example\\.fbcdn.net/',
  'https://127.0.0.1/1.jpg',
  'https://2130706433/1.jpg',
  'https://0x7f000001/1.jpg',
  'https://0177.0.0.1/1.jpg',
  'https://127.1/1.jpg',
  'https://[::1]/1.jpg',
  'https://[::ffff:169.254.169.254]/latest/meta-data',
  'https://169.254.169.254/latest/meta-data',
  'https://localhost/1.jpg',
  'http://127.0.0.1:3011/media/1',
  'http://localhost:3010/media/1',
  'file:///etc/passwd',
  'data:image/png;base64,AAAA',
  'ftp://scontent.fbcdn.net/1.jpg',
  'gopher://scontent.fbcdn.net',
  'no address',
  '',
])('row 5: %s is refused', (address) => {
  expect(() => checkAddress(address, allowed)).toThrow();
});

it.each([
  ...[
    '127.0.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
  ],
  ...['224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1', '::', '::1', 'fe80::1', 'fc00::1', 'fd00:ec2::254'],
  ...[
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    '2001::1',
    'ff02::1',
    'localhost',
  ],
])('row 5: %s is inside', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

it.each(['157.240.0.35', '31.13.71.36', '2a03:2880:f12f:83:face:b00c:0:25de', '172.32.0.1', '8.8.8.8'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);
