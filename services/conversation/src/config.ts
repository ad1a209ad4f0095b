import { CommonSettings, DatabaseAdminSettings, DatabaseSettings } from '@conversations/runtime';
import { z } from 'zod';

const streams = {
  CONVERSATION_STREAM_REPLICAS: z.coerce
    .number()
    .int()
    .min(1)
    .max(5)
    .default(1)
    .describe('Copies of each stream on different servers of the broker; 3 in production.'),
};

/** The service's own settings. */
export const ConversationSettings = z.object({
  ...CommonSettings,
  ...DatabaseSettings,
  ...streams,
  CONVERSATION_LANES: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(8)
    .describe('Lanes that inbound messages are read in; the same for all replicas.'),
  CHATBOT_DEFAULT_FLOW: z
    .enum(['on', 'off'])
    .default('on')
    .describe(
      'Whether the chatbot greets from the first start on; from then on saveChatbotAutomation turns it on and off.',
    ),
  EMAIL_CHANNEL: z
    .enum(['on', 'off'])
    .default('off')
    .describe('Whether this installation has an email adapter; while off, agents are told that email is not set up.'),
  EMAIL_INBOX_ADDRESSES: z
    .string()
    .toLowerCase()
    .default('')
    .describe('Addresses of the inbox, comma-separated, as email-ingest has them; the first stands on mail from here.'),
  EMAIL_MATCH_CONTACT: z
    .enum(['latest', 'open', 'never'])
    .default('latest')
    .describe(
      'Which conversation a mail of a known contact joins when it names none: the latest, the latest open one, or a new one.',
    ),
});
export type ConversationSettings = z.output<typeof ConversationSettings>;

/** The settings of the migrate step. */
export const MigrateSettings = z.object({
  ...CommonSettings,
  ...DatabaseAdminSettings,
  ...streams,
  DATABASE_USER: z.string().default('conversation_service').describe('Role of the service, made when it is missing.'),
  DATABASE_PASSWORD: z.string().min(1).describe('Password that the role gets.'),
});
