import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import { CommonSettings } from '@conversations/runtime';

const count = (standard: number) => z.coerce.number().int().min(1).default(standard);

const Origin = z.string().refine((origin) => URL.canParse(origin) && new URL(origin).origin === origin, {
  error: 'must be an origin such as https://shop.example, without a path',
});

const Site = z.strictObject({
  id: z.string().regex(/^site_[a-z0-9-]{1,58}$/),
  name: z.string().min(1).max(200),
  /** Origins of the pages that may embed the widget. */
  origins: z.array(Origin),
  /** Shared with the site's backend, which signs its visitors' identities with it; without it nobody can be identified. */
  identitySecret: z.string().min(32).optional(),
});
export type Site = z.output<typeof Site>;

const Sites = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON: [{"id","name","origins":[…],"identitySecret"}]' });
      return z.NEVER;
    }
  })
  .pipe(z.array(Site).min(1))
  .refine((sites) => new Set(sites.map((site) => site.id)).size === sites.length, { error: 'has the same id twice' });

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

/** IPv4 and IPv6 addresses and CIDR ranges, comma-separated. */
const AddressRanges = list.transform((items, context) => {
  const ranges = new BlockList();
  for (const item of items) {
    const [address = '', prefix] = item.split('/');
    const bits = isIP(address) === 6 ? 128 : 32;
    const length = prefix === undefined ? bits : Number(prefix);
    if (isIP(address) === 0 || !Number.isInteger(length) || length < 0 || length > bits) {
      context.addIssue({ code: 'custom', message: 'must be addresses or CIDR ranges, comma-separated' });
      return z.NEVER;
    }
    ranges.addSubnet(address, length, bits === 128 ? 'ipv6' : 'ipv4');
  }
  return ranges;
});

export const ChatGatewaySettings = z.object({
  ...CommonSettings,
  CHAT_GATEWAY_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
  CHAT_GATEWAY_HOST: z.string().default('127.0.0.1'),
  /** Origins under which browsers reach this gateway, comma-separated; empty = http://localhost and http://127.0.0.1 with the port. */
  CHAT_PUBLIC_ORIGINS: list.pipe(z.array(Origin)).default([]),
  /** Signs visitors' tokens; when it changes every browser begins anew. */
  CHAT_TOKEN_SECRET: z.string().min(32),
  CHAT_SITES: Sites,
  /** Only a connection from here may name the visitor's address in X-Forwarded-For. */
  CHAT_TRUSTED_PROXIES: AddressRanges.default(new BlockList()),
  CHAT_LIMIT_SOCKETS_PER_ADDRESS: count(20),
  CHAT_LIMIT_UPGRADES_PER_MINUTE: count(30),
  CHAT_LIMIT_NEW_VISITORS_PER_HOUR: count(10),
  CHAT_LIMIT_SOCKETS_PER_VISITOR: count(10),
  CHAT_LIMIT_MESSAGES_PER_MINUTE: count(20),
  /** Frames of one socket, of any kind; never less than ten for each message that the limit of messages allows. */
  CHAT_LIMIT_FRAMES_PER_MINUTE: count(300),
  /** Requests of one address to the HTTP fallback. */
  CHAT_LIMIT_REQUESTS_PER_MINUTE: count(120),
  /** Characters. */
  CHAT_MAX_TEXT: z.coerce.number().int().min(1).max(5_000).default(5_000),
  /** Bytes that may wait for a socket that does not read, before it is closed. */
  CHAT_SLOW_CONSUMER_BYTES: count(1_048_576),
  CHAT_HEARTBEAT_SECONDS: count(20),
  CHAT_OFFLINE_GRACE_SECONDS: z.coerce.number().min(0).default(20),
  CHAT_DRAIN_SECONDS: z.coerce.number().min(0).max(60).default(10),
  CONVERSATIONS_DEMO: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
});
export type ChatGatewaySettings = z.output<typeof ChatGatewaySettings>;

export const SETTINGS = Symbol('settings');
export const LOG = Symbol('log');
export const PRESENCE = Symbol('presence');
