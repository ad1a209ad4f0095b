import { Resolver } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

const count = (standard: number, most: number) => z.coerce.number().int().min(1).max(most).default(standard);
const onOff = z.enum(['on', 'off']).transform((word) => word === 'on');
const port = (standard: number) => z.coerce.number().int().min(0).max(65_535).default(standard);
const items = (text: string) => text.split(',').flatMap((item) => item.trim() || []);

/** An address as settings give it: one @, no display name; kept lower-cased. */
export const Address = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[^\s@<>,"]+@[^\s@<>,"]+$/, { error: 'must be addresses such as inbox@example.com, comma-separated' });

export const Addresses = z.string().transform(items).pipe(z.array(Address));

const PRIVATE = '127.0.0.0/8,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,169.254.0.0/16,::1,fc00::/7,fe80::/10';

/** IPv4 and IPv6 addresses and CIDR ranges, comma-separated. */
const Networks = z.string().transform((text, context) => {
  const ranges = new BlockList();
  for (const item of items(text)) {
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

/** Addresses, with a port where it is not 53. */
const DnsServers = z.string().transform((text, context) => {
  const servers = items(text);
  try {
    new Resolver().setServers(servers);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be addresses such as 192.0.2.1 or 127.0.0.1:5353' });
  }
  return servers;
});

const Mailbox = z.strictObject({
  /** Stable: how far it was read is kept under this name. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/),
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535).default(993),
  /** implicit: TLS from the start; starttls: never without; none: only for a server on the same machine. */
  tls: z.enum(['implicit', 'starttls', 'none']).default('implicit'),
  user: z.string().min(1),
  password: z.string().min(1).optional(),
  accessToken: z.string().min(1).optional(),
  /** OAuth2: access tokens are asked for with the refresh token. */
  oauth: z
    .strictObject({
      tokenUrl: z.url({ protocol: /^https$/ }),
      clientId: z.string().min(1),
      clientSecret: z.string().min(1).optional(),
      refreshToken: z.string().min(1),
      scope: z.string().optional(),
    })
    .optional(),
  folder: z.string().min(1).default('INBOX'),
  /** all: what lies there at the first start is taken as well. */
  history: z.enum(['none', 'all']).default('none'),
  /** Address that people write to, for the admins' page. */
  address: Address.optional(),
});
export type Mailbox = z.output<typeof Mailbox>;

const Mailboxes = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON: [{"id","host","user","password"}]' });
      return z.NEVER;
    }
  })
  .pipe(z.array(Mailbox))
  .refine((boxes) => new Set(boxes.map(({ id }) => id)).size === boxes.length, { error: 'has the same id twice' })
  .refine(
    (boxes) =>
      boxes.every(
        ({ password, accessToken, oauth }) =>
          [password, accessToken, oauth].filter((way) => way !== undefined).length === 1,
      ),
    { error: 'needs one of password, accessToken and oauth for each mailbox' },
  );

/** What taking mail in is told; spread into the service's own object. */
export const InboundSettings = {
  EMAIL_SMTP: onOff.default(true).describe('off: no SMTP listener.'),
  EMAIL_SMTP_PORT: port(2525).describe('Port that takes mail from your mail server; 0 takes any free one.'),
  EMAIL_SMTP_HOST: z.string().default('127.0.0.1').describe('Address that this port listens on.'),
  EMAIL_SMTP_CLIENTS: Networks.default(() => Networks.parse(PRIVATE)).describe(
    'Addresses or CIDR ranges, comma-separated, that may hand mail over; private networks when not set.',
  ),
  EMAIL_SMTP_MAX_CLIENTS: count(50, 10_000).describe('Connections at once.'),
  EMAIL_SMTP_TLS_CERT: z.string().optional().describe('Certificate chain in PEM; with the key, STARTTLS is offered.'),
  EMAIL_SMTP_TLS_KEY: z.string().optional().describe('Its private key in PEM.'),
  EMAIL_MAX_BYTES: count(25 * 1024 * 1024, 200 * 1024 * 1024).describe('Largest mail that is taken by SMTP and HTTP.'),
  EMAIL_INGEST_PORT: port(3003).describe('Port of POST /inbound/raw.'),
  EMAIL_INGEST_HOST: z.string().default('127.0.0.1').describe('Address that this port listens on.'),
  EMAIL_INGEST_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe('Bearer token of mail providers that push raw mails; without it nothing listens there.'),
  EMAIL_MAILBOXES: Mailboxes.default([]).describe(
    'JSON: the IMAP mailboxes that are read: id, host, port, tls, user, password (or accessToken, or oauth), folder, history, address.',
  ),
  EMAIL_IMAP_POLL_SECONDS: count(60, 3_600).describe('Between two looks into a mailbox whose server says nothing.'),
  EMAIL_FORWARDERS: Addresses.default([]).describe(
    'Besides the agents: who may send a mail on by hand so that it counts as its first author’s.',
  ),
  EMAIL_AUTHSERV_ID: z
    .string()
    .optional()
    .describe('Name that your own mail server writes into Authentication-Results; without it none is believed.'),
  EMAIL_VERIFY: onOff
    .default(false)
    .describe(
      'on: SPF, DKIM and DMARC of mail over SMTP are checked here; for mail that comes straight from the internet.',
    ),
  EMAIL_VERIFY_DNS: DnsServers.default([]).describe(
    'DNS servers, comma-separated, that are asked for these checks; the system’s when not set.',
  ),
  EMAIL_AUTO_REPLIES_PER_HOUR: count(3, 1_000).describe(
    'Automatic replies of one address in an hour; more are set aside, so that two machines do not talk for ever.',
  ),
  EMAIL_PARSE_THREADS: count(2, 64).describe('Mails read at the same time.'),
  EMAIL_PARSE_SECONDS: count(10, 300).describe('A mail that takes longer is shown without what could not be read.'),
  EMAIL_PARSE_MEMORY_MB: count(512, 16_384).describe('The same for memory.'),
};
export type InboundSettings = z.output<z.ZodObject<typeof InboundSettings>>;
