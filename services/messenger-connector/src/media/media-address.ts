import { BlockList, isIP } from 'node:net';

export interface AllowedMedia {
  /** Hosts, with all below them; only over https and its usual port. */
  hosts: readonly string[];
  /** Origins that are taken as they are. */
  origins: readonly string[];
}

/** Why nothing is fetched from there; it names no address, since those end in logs. */
export class AddressRefused extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'AddressRefused';
  }
}

const PRIVATE = new BlockList();
const ranges: [network: string, prefix: number, family: 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
];
for (const [network, prefix, family] of ranges) PRIVATE.addSubnet(network, prefix, family);

/** Only global unicast, without the ranges in it that lead back into IPv4 or to documentation. */
const GLOBAL = new BlockList();
GLOBAL.addSubnet('2000::', 3, 'ipv6');
const NOT_GLOBAL = new BlockList();
NOT_GLOBAL.addSubnet('2001::', 23, 'ipv6');
NOT_GLOBAL.addSubnet('2001:db8::', 32, 'ipv6');
NOT_GLOBAL.addSubnet('2002::', 16, 'ipv6');

/** True for an address that anybody on the internet may reach. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !PRIVATE.check(address, 'ipv4');
    case 6:
      return GLOBAL.check(address, 'ipv6') && !NOT_GLOBAL.check(address, 'ipv6');
    default:
      return false;
  }
}

/** Where a file may be fetched from. `isTrusted`: its resolved address need not be public. Throws {@link AddressRefused}. */
export function checkAddress(given: string, allowed: AllowedMedia): { url: URL; isTrusted: boolean } {
  const url = URL.parse(given);
  if (!url) throw new AddressRefused('is no address');
  if (url.username !== '' || url.password !== '') throw new AddressRefused('carries a password');
  if (allowed.origins.some((origin) => new URL(origin).origin === url.origin)) return { url, isTrusted: true };
  if (url.protocol !== 'https:' || url.port !== '') throw new AddressRefused('is not https on its usual port');
  const host = url.hostname.replace(/\.$/, '').toLowerCase();
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) throw new AddressRefused('is a bare address');
  const isListed = allowed.hosts.some((listed) => host === listed || host.endsWith(`.${listed}`));
  if (!isListed) throw new AddressRefused('is not a host of Meta');
  return { url, isTrusted: false };
}
