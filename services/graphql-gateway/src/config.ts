import { BlobStoreSettings } from '@conversations/blob-store';
import { CommonSettings, DatabaseAdminSettings, DatabaseSettings } from '@conversations/runtime';
import { z } from 'zod';

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);
const flag = (byDefault: 'true' | 'false') =>
  z
    .enum(['true', 'false'])
    .default(byDefault)
    .transform((value) => value === 'true');
const count = (byDefault: number) => z.coerce.number().int().positive().default(byDefault);

/** An origin as browsers send it: scheme, host, port, no path. Plain http only where a cookie without Secure is safe. */
const Origin = z.string().refine(
  (value) => {
    if (!URL.canParse(value)) return false;
    const url = new URL(value);
    const trusted = url.protocol === 'https:' || (url.protocol === 'http:' && LOCAL_HOSTS.has(url.hostname));
    return trusted && url.origin === value;
  },
  { error: 'must be an https origin without a path (http only for localhost)' },
);

export const GatewaySettings = z
  .object({
    ...CommonSettings,
    ...DatabaseSettings,
    ...BlobStoreSettings,
    GRAPHQL_GATEWAY_PORT: z.coerce
      .number()
      .int()
      .min(0)
      .max(65_535)
      .default(3000)
      .describe('Port of the agents’ API; 0 takes any free one.'),
    GRAPHQL_GATEWAY_HOST: z.string().default('127.0.0.1').describe('Address that the agents’ API listens on.'),
    PUBLIC_ORIGIN: Origin.default('http://localhost:3000').describe(
      'The one origin whose pages may open WebSockets and post with the session cookie.',
    ),
    GRAPHQL_TRUSTED_PROXIES: z
      .string()
      .default('')
      .transform((list) => list.split(',').flatMap((entry) => entry.trim() || []))
      .describe('Addresses or CIDR ranges, separated by commas, whose X-Forwarded-For is believed.'),
    CONVERSATIONS_DEMO: flag('false').describe('Seeds the demo accounts and allows introspection.'),
    DEMO_PASSWORD: z.string().min(8).optional().describe('Password of the demo accounts.'),
    GRAPHQL_INTROSPECTION: z
      .enum(['true', 'false'])
      .optional()
      .transform((value) => (value === undefined ? undefined : value === 'true'))
      .describe('Whether the schema may be asked for; when not set, only in a demo.'),
    SESSION_IDLE_MINUTES: count(12 * 60).describe('A session without a request for this long ends.'),
    SESSION_MAX_HOURS: count(7 * 24).describe('A session ends this long after sign-in.'),
    LOGIN_WINDOW_MINUTES: count(15).describe('Window in which failed sign-ins are counted.'),
    LOGIN_LIMIT_PER_ADDRESS_AND_ACCOUNT: count(5).describe('Failed sign-ins of one address for one account.'),
    LOGIN_LIMIT_PER_ADDRESS: count(30).describe('Failed sign-ins of one address for any accounts.'),
    LOGIN_LIMIT_PER_ACCOUNT: count(100).describe('Failed sign-ins for one account from anywhere.'),
    UPLOAD_SWEEP_MINUTES: z.coerce
      .number()
      .positive()
      .default(60)
      .describe('Between two looks for files that nobody sent within a day.'),
    GRAPHQL_EVENT_RING: count(20_000).describe('Newest events that a replica keeps for clients that come back.'),
    GRAPHQL_REPLAY_LIMIT: count(2_000).describe('Most events that a client catches up on before it must reload.'),
    GRAPHQL_SOCKETS_PER_SESSION: count(20).describe('WebSockets that one session may hold at one replica.'),
  })
  .refine((settings) => !settings.CONVERSATIONS_DEMO || settings.DEMO_PASSWORD !== undefined, {
    path: ['DEMO_PASSWORD'],
    error: 'is required when CONVERSATIONS_DEMO is true',
  });
export type GatewaySettings = z.output<typeof GatewaySettings>;

/** The settings of the migrate step. */
export const MigrateSettings = z.object({
  LOG_LEVEL: CommonSettings.LOG_LEVEL,
  ...DatabaseAdminSettings,
  DATABASE_USER: z.string().default('gateway_service').describe('Role of the service, made when it is missing.'),
  DATABASE_PASSWORD: z.string().min(1).describe('Password that the role gets.'),
});

/** Injection token of the settings. */
export const SETTINGS = Symbol('settings');
