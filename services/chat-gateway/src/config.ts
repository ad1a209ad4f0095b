import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import { BlobStoreSettings } from '@conversations/blob-store';
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
  ...BlobStoreSettings,
  CHAT_GATEWAY_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3001)
    .describe('Port of the WebSocket, the HTTP fallback and the widget’s files; 0 takes any free one.'),
  CHAT_GATEWAY_HOST: z.string().default('127.0.0.1').describe('Address that this port listens on.'),
  CHAT_PUBLIC_ORIGINS: list
    .pipe(z.array(Origin))
    .default([])
    .describe('Origins under which browsers reach this gateway, comma-separated; empty = localhost with the port.'),
  CHAT_TOKEN_SECRET: z
    .string()
    .min(32)
    .describe('Signs visitors’ tokens; the same for all replicas. When it changes every browser begins anew.'),
  CHAT_SITES: Sites.describe('JSON: the sites that may show the widget, with the origins of their pages.'),
  CHAT_TRUSTED_PROXIES: AddressRanges.default(new BlockList()).describe(
    'Addresses or CIDR ranges, comma-separated, whose X-Forwarded-For is believed.',
  ),
  CHAT_LIMIT_SOCKETS_PER_ADDRESS: count(20).describe('Open sockets and waiting polls of one address.'),
  CHAT_LIMIT_UPGRADES_PER_MINUTE: count(30).describe('New sockets of one address in a minute.'),
  CHAT_LIMIT_NEW_VISITORS_PER_HOUR: count(10).describe(
    'Visitors of one address in an hour who write for the first time.',
  ),
  CHAT_LIMIT_REQUESTS_PER_MINUTE: count(120).describe('Requests of one address to the HTTP fallback in a minute.'),
  CHAT_LIMIT_SOCKETS_PER_VISITOR: count(10).describe('Tabs of one visitor.'),
  CHAT_LIMIT_MESSAGES_PER_MINUTE: count(20).describe('Messages and forms of one visitor in a minute.'),
  CHAT_LIMIT_UPLOADS_PER_VISITOR: count(5).describe('Files of one visitor in ten minutes.'),
  CHAT_LIMIT_UPLOADS_PER_ADDRESS: count(30).describe('Files of one address in ten minutes.'),
  CHAT_LIMIT_FRAMES_PER_MINUTE: count(300).describe(
    'Frames of one socket in a minute, of any kind; never less than ten for each message allowed.',
  ),
  CHAT_MAX_TEXT: z.coerce.number().int().min(1).max(5_000).default(5_000).describe('Characters of a message.'),
  CHAT_SLOW_CONSUMER_BYTES: count(1_048_576).describe(
    'Bytes that may wait for a socket that does not read, before it is closed.',
  ),
  CHAT_HEARTBEAT_SECONDS: count(20).describe('Between two pings; a socket silent for two and a quarter of it is dead.'),
  CHAT_OFFLINE_GRACE_SECONDS: z.coerce
    .number()
    .min(0)
    .default(20)
    .describe('Until a visitor whose last socket was closed counts as gone.'),
  CHAT_DRAIN_SECONDS: z.coerce
    .number()
    .min(0)
    .max(60)
    .default(10)
    .describe('Over which a stopping gateway spreads the closing of its sockets.'),
  CONVERSATIONS_DEMO: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('Whether /demo shows a shop with the widget on it.'),
});
export type ChatGatewaySettings = z.output<typeof ChatGatewaySettings>;

export const SETTINGS = Symbol('settings');
export const LOG = Symbol('log');
export const PRESENCE = Symbol('presence');
