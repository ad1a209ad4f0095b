import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

/** What every service is told; spread it into the service's own object. */
export const CommonSettings = {
  MANAGEMENT_PORT: port.default(0).describe('Port of /livez, /readyz and /metrics; 0 takes any free one.'),
  MANAGEMENT_HOST: z.string().default('127.0.0.1').describe('Address that the management port listens on.'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Least severe log line that is written.'),
  NATS_URL: z
    .string()
    .min(1)
    .default('nats://127.0.0.1:4222')
    .describe('Servers of the message broker, separated by commas.'),
  NATS_USER: z.string().optional().describe('User of this service at the broker.'),
  NATS_PASSWORD: z.string().optional().describe('Password of this service at the broker.'),
};

const databaseAddress = {
  DATABASE_HOST: z.string().default('127.0.0.1').describe('Host of Postgres.'),
  DATABASE_PORT: port.min(1).default(5432).describe('Port of Postgres.'),
  DATABASE_NAME: z.string().default('conversations').describe('Database that holds the schemas of all services.'),
};

/** What a service with a schema of its own is told. */
export const DatabaseSettings = {
  ...databaseAddress,
  DATABASE_USER: z.string().min(1).describe('Role of this service; it owns nothing and cannot delete messages.'),
  DATABASE_PASSWORD: z.string().min(1).describe('Password of that role.'),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10).describe('Most connections one replica holds.'),
};

/** What the migrate step is told on top: an account that may create roles and schemas. */
export const DatabaseAdminSettings = {
  ...databaseAddress,
  DATABASE_ADMIN_USER: z.string().min(1).describe('Account that creates roles, schemas and tables.'),
  DATABASE_ADMIN_PASSWORD: z.string().min(1).describe('Password of that account.'),
};
