import { CommonSettings, DatabaseAdminSettings, DatabaseSettings } from '@conversations/runtime';
import { z } from 'zod';

/** The service's own settings. */
export const SavedResponseSettings = z.object({
  ...CommonSettings,
  ...DatabaseSettings,
  // The streams are one installation's: whoever makes a missing one makes it alike.
  CONVERSATION_STREAM_REPLICAS: z.coerce
    .number()
    .int()
    .min(1)
    .max(5)
    .default(1)
    .describe('Copies of each stream on different servers of the broker; the same as for conversation.'),
});

/** The settings of the migrate step. */
export const MigrateSettings = z.object({
  ...CommonSettings,
  ...DatabaseAdminSettings,
  DATABASE_USER: z.string().default('saved_response_service').describe('Role of the service, made when it is missing.'),
  DATABASE_PASSWORD: z.string().min(1).describe('Password that the role gets.'),
});
