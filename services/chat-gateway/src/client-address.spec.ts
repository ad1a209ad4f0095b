import { BlockList } from 'node:net';
import { clientAddress } from './client-address';

const none = new BlockList();
const proxies = new BlockList();
proxies.addSubnet('10.0.0.0', 8);
proxies.addAddress('fd00::1', 'ipv6');

test('X-Forwarded-For counts only when a configured proxy wrote it', () => {
  expect(clientAddress('203.0.113.9', '198.51.100.1', none)).toBe('203.0.113.9');
  expect(clientAddress('203.0.113.9', '198.51.100.1', proxies)).toBe('203.0.113.9');
  expect(clientAddress('10.1.2.3', '198.51.100.1', proxies)).toBe('198.51.100.1');
  expect(clientAddress('fd00::1', '198.51.100.1', proxies)).toBe('198.51.100.1');
});

test('what a visitor wrote into X-Forwarded-For itself is not believed', () => {
  expect(clientAddress('10.1.2.3', '127.0.0.1, 198.51.100.1, 10.9.9.9', proxies)).toBe('198.51.100.1');
});

test('a proxy that names nobody stands for itself', () => {
  expect(clientAddress('10.1.2.3', undefined, proxies)).toBe('10.1.2.3');
  expect(clientAddress('10.1.2.3', '', proxies)).toBe('10.1.2.3');
});

test('an IPv6 address counts as its /64, however it is written', () => {
  expect(clientAddress('2001:db8:0:1:aaaa::1', undefined, none)).toBe('2001:db8:0:1::/64');
  expect(clientAddress('2001:0db8:0000:0001:bbbb:cccc:dddd:eeee', undefined, none)).toBe('2001:db8:0:1::/64');
  expect(clientAddress('2001:db8::1', undefined, none)).toBe('2001:db8:0:0::/64');
  expect(clientAddress('::1', undefined, none)).toBe('0:0:0:0::/64');
});

test('an IPv4 address in IPv6 clothes is the IPv4 address', () => {
  expect(clientAddress('::ffff:203.0.113.9', undefined, none)).toBe('203.0.113.9');
});

test('what is no address at all breaks nothing', () => {
  expect(clientAddress('10.1.2.3', 'unknown, 10.9.9.9', proxies)).toBe('unknown');
  expect(clientAddress('10.1.2.3', '>.*, \u0000', proxies)).toBe('\u0000');
  expect(clientAddress('', undefined, proxies)).toBe('');
});
