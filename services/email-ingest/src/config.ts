import { BlobStoreSettings } from '@conversations/blob-store';
import { CommonSettings, DatabaseAdminSettings, DatabaseSettings } from '@conversations/runtime';
import { z } from 'zod';
import { Address, Addresses, InboundSettings } from './inbound/inbound-settings';
import { OutboundSettings } from './outbound/outbound-settings';

/** The service's own settings. */
export const EmailSettings = z.object({
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
  EMAIL_INBOX_ADDRESSES: Addresses.pipe(z.array(Address).min(1))

    .describe('Addresses that people write to, comma-separated; the first is where our own mail comes from.'),
  ...InboundSettings,
  ...OutboundSettings,
  EMAIL_BOUNCE_ADDRESS: Address.optional().describe(
    'Where mail that cannot be delivered comes back; bounces@ of the first inbox address’ domain when not set.',
  ),
});
export type EmailSettings = z.output<typeof EmailSettings>;

/** The settings of the replay command. */
export const ReplaySettings = z.object({ LOG_LEVEL: CommonSettings.LOG_LEVEL, ...DatabaseSettings });

/** The settings of the migrate step. */
export const MigrateSettings = z.object({
  ...CommonSettings,
  ...DatabaseAdminSettings,
  DATABASE_USER: z.string().default('email_service').describe('Role of the service, made when it is missing.'),
  DATABASE_PASSWORD: z.string().min(1).describe('Password that the role gets.'),
});

/** Injection tokens of what has no class. */
export const SETTINGS = Symbol('settings');
export const LOG = Symbol('log');
export const BLOBS = Symbol('blobs');
