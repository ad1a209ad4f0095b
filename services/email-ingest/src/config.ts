import { BlobStoreSettings } from '@conversations/blob-store';
import { CommonSettings, DatabaseAdminSettings, DatabaseSettings } from '@conversations/runtime';
import { z } from 'zod';
import { OutboundSettings } from './outbound/outbound-settings';

/** An address as settings give it: one @, no display name; kept lower-cased. */
const Address = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[^\s@<>,"]+@[^\s@<>,"]+$/, { error: 'must be addresses such as inbox@example.com, comma-separated' });

const addresses = z
  .string()
  .transform((text) => text.split(',').filter((item) => item.trim() !== ''))
  .pipe(z.array(Address));

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
  EMAIL_INBOX_ADDRESSES: addresses
    .pipe(z.array(Address).min(1))
    .describe('Addresses that people write to, comma-separated; the first is where our own mail comes from.'),
  ...OutboundSettings,
  EMAIL_BOUNCE_ADDRESS: Address.optional().describe(
    'Where mail that cannot be delivered comes back; bounces@ of the first inbox address’ domain when not set.',
  ),
});
export type EmailSettings = z.output<typeof EmailSettings>;

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
