import { BlobStoreSettings } from '@conversations/blob-store';
import { CommonSettings, DatabaseAdminSettings, DatabaseSettings } from '@conversations/runtime';
import { z } from 'zod';

const seconds = (standard: number) => z.coerce.number().positive().default(standard);

/** The service's own settings; what it is told of Meta's apps and pages stands in the file of MESSENGER_CONFIG_FILE. */
export const MessengerConnectorSettings = z.object({
  ...CommonSettings,
  ...DatabaseSettings,
  ...BlobStoreSettings,
  // The streams are one installation's: whoever makes a missing one makes it alike.
  CONVERSATION_STREAM_REPLICAS: z.coerce
    .number()
    .int()
    .min(1)
    .max(5)
    .default(1)
    .describe('Copies of each stream on different servers of the broker; the same as for conversation.'),
  MESSENGER_CONNECTOR_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3002)
    .describe('Port of the webhook that Meta calls; 0 takes any free one.'),
  MESSENGER_CONNECTOR_HOST: z.string().default('127.0.0.1').describe('Address that this port listens on.'),
  MESSENGER_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where Meta reaches this port, without "/webhook". When not set: the agents’ public origin.'),
  MESSENGER_CONFIG_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('YAML: apps, pages and the Graph API. Without it there are no pages. Read again when it changes.'),
  MESSENGER_UNKNOWN_AFTER_SECONDS: seconds(60).describe(
    'For so long a message that got no answer waits for its echo, before the Conversations API is asked.',
  ),
  MESSENGER_PROBE_SECONDS: seconds(60).describe('Between two looks whether a page that cannot send can again.'),
});
export type MessengerConnectorSettings = z.output<typeof MessengerConnectorSettings>;

/** The settings of the migrate step. */
export const MigrateSettings = z.object({
  ...CommonSettings,
  ...DatabaseAdminSettings,
  DATABASE_USER: z.string().default('messenger_service').describe('Role of the service, made when it is missing.'),
  DATABASE_PASSWORD: z.string().min(1).describe('Password that the role gets.'),
});

export const SETTINGS = Symbol('settings');
export const LOG = Symbol('log');
export const BLOBS = Symbol('blobs');
