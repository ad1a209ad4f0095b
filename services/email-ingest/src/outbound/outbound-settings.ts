import { z } from 'zod';
import { SigningKeysSetting } from '../threading/signing-keys';

const count = (standard: number, most: number) => z.coerce.number().int().min(1).max(most).default(standard);
const onOff = z.enum(['on', 'off']).transform((word) => word === 'on');

/** Longest pauses come last; the last one repeats. */
const seconds = z
  .string()
  .transform((text) => text.split(',').map(Number))
  .pipe(z.array(z.number().positive().max(86_400)).min(1));

/** What sending mail is told; spread into the service's own object. */
export const OutboundSettings = {
  EMAIL_SIGNING_KEYS: SigningKeysSetting.describe(
    'Keys that make reply addresses and Message-IDs ours, as a:secret,b:older-secret; the first signs, all are believed.',
  ),
  EMAIL_OUT_HOST: z.string().min(1).default('127.0.0.1').describe('Server that takes our outgoing mail.'),
  EMAIL_OUT_PORT: z.coerce.number().int().min(1).max(65_535).default(25).describe('Its port.'),
  EMAIL_OUT_TLS: z
    .enum(['opportunistic', 'required', 'implicit'])
    .default('opportunistic')
    .describe('opportunistic: STARTTLS where offered; required: never without; implicit: TLS from the start (465).'),
  EMAIL_OUT_TLS_VERIFY: onOff.default(true).describe('off: the server’s certificate is not checked.'),
  EMAIL_OUT_USER: z.string().optional().describe('User at the outgoing server.'),
  EMAIL_OUT_PASSWORD: z.string().optional().describe('Password of that user.'),
  EMAIL_OUT_CONNECTIONS: count(5, 50).describe('Connections that one replica keeps to the outgoing server.'),
  EMAIL_OUT_PER_DOMAIN: count(120, 100_000).describe('Mails a minute to one domain, over all replicas.'),
  EMAIL_OUT_MAX_BYTES: count(25 * 1024 * 1024, 150 * 1024 * 1024).describe(
    'Largest mail that is sent, with its files.',
  ),
  EMAIL_OUT_RETRY_SECONDS: seconds
    .default([30, 60, 120, 300, 900, 1800, 3600])
    .describe('Pauses between two tries of one mail, comma-separated; the last one repeats.'),
  EMAIL_OUT_GIVE_UP_HOURS: count(48, 240).describe('A mail that nobody took for so long has failed.'),
  EMAIL_OUT_LEASE_SECONDS: count(60, 600).describe('A replica without a sign of life for so long loses its mails.'),
  EMAIL_AMBIGUOUS: z
    .enum(['resend', 'hold'])
    .default('resend')
    .describe(
      'A mail whose fate is unknown: resend sends the same bytes again, hold waits for an agent; both show it as uncertain.',
    ),
  EMAIL_SENDER_NAME: z
    .string()
    .max(200)
    .default('{agent}')
    .describe('Name that mail comes from; {agent} is who answers.'),
  EMAIL_SIGNATURE: z
    .string()
    .max(2_000)
    .default('{agent}')
    .transform((text) => text.replaceAll('\\n', '\n').trim())
    .describe('Below every reply; {agent} is who answers, \\n a new line.'),
  EMAIL_TIME_ZONE: z
    .string()
    .default('UTC')
    .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', {
      error: 'is no time zone such as Europe/Paris',
    })
    .describe('Time zone of the times in mails, e.g. Europe/Paris.'),
  EMAIL_SUBADDRESSING: onOff
    .default(true)
    .describe('off: the mail server does not deliver inbox+tag@ to inbox@; answers are matched by the other ids.'),
  EMAIL_DKIM_DOMAIN: z
    .string()
    .optional()
    .describe('Domain that signs our mail (DKIM); most relays sign by themselves.'),
  EMAIL_DKIM_SELECTOR: z.string().optional().describe('Selector of the DKIM key.'),
  EMAIL_DKIM_PRIVATE_KEY: z.string().optional().describe('DKIM key in PEM.'),
  EMAIL_UNVERIFIED_PER_ADDRESS: count(10, 100_000).describe(
    'Mails in 24 h to one address that was typed into a form and has never written.',
  ),
  EMAIL_UNVERIFIED_PER_VISITOR: count(20, 100_000).describe('The same for all addresses that one visitor typed.'),
  EMAIL_UNVERIFIED_OVERALL: count(1_000, 1_000_000).describe('The same for the whole installation.'),
};

export type OutboundSettings = z.output<z.ZodObject<typeof OutboundSettings>>;
