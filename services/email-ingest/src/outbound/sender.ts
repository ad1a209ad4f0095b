import type { EmailSettings } from '../config';
import { splitAddress } from '../threading/mail-address';
import { returnPath } from '../threading/return-path';
import type { Sender } from './compose-email';
import type { Send, SendPolicy } from './send.entity';
import type { SmtpServer } from './smtp-line';

/** The first address of the inbox is where our mail comes from. */
const inboxOf = (settings: EmailSettings): string => settings.EMAIL_INBOX_ADDRESSES[0] ?? '';
const domainOf = (settings: EmailSettings): string => splitAddress(inboxOf(settings))?.domain ?? 'localhost';

export function senderOf(settings: EmailSettings): Sender {
  const { EMAIL_DKIM_DOMAIN: domainName, EMAIL_DKIM_SELECTOR: keySelector } = settings;
  const privateKey = settings.EMAIL_DKIM_PRIVATE_KEY;
  const isSigned = domainName !== undefined && keySelector !== undefined && privateKey !== undefined;
  return {
    keys: settings.EMAIL_SIGNING_KEYS,
    inbox: inboxOf(settings),
    domain: domainOf(settings),
    name: settings.EMAIL_SENDER_NAME,
    signature: settings.EMAIL_SIGNATURE,
    timeZone: settings.EMAIL_TIME_ZONE,
    subAddressing: settings.EMAIL_SUBADDRESSING,
    dkim: isSigned ? { domainName, keySelector, privateKey } : null,
  };
}

export const policyOf = (settings: EmailSettings): SendPolicy => ({
  retrySeconds: settings.EMAIL_OUT_RETRY_SECONDS,
  giveUpHours: settings.EMAIL_OUT_GIVE_UP_HOURS,
  ambiguous: settings.EMAIL_AMBIGUOUS,
});

export const serverOf = (settings: EmailSettings): SmtpServer => ({
  host: settings.EMAIL_OUT_HOST,
  port: settings.EMAIL_OUT_PORT,
  secure: settings.EMAIL_OUT_TLS === 'implicit',
  requireTls: settings.EMAIL_OUT_TLS === 'required',
  verifyTls: settings.EMAIL_OUT_TLS_VERIFY,
  user: settings.EMAIL_OUT_USER,
  password: settings.EMAIL_OUT_PASSWORD,
  helo: domainOf(settings),
});

/** Where bounces of one send go. */
export function returnPathOf(settings: EmailSettings, { messageId, attempt }: Send): string {
  const bounces = settings.EMAIL_BOUNCE_ADDRESS ?? `bounces@${domainOf(settings)}`;
  const own = settings.EMAIL_SUBADDRESSING
    ? returnPath(settings.EMAIL_SIGNING_KEYS, bounces, messageId, attempt)
    : null;
  return own ?? bounces;
}
