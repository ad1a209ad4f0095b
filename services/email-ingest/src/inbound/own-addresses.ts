import type { EmailSettings } from '../config';

type Named = Pick<EmailSettings, 'EMAIL_INBOX_ADDRESSES' | 'EMAIL_BOUNCE_ADDRESS'>;

/** Where what cannot be delivered comes back. */
export const bounceAddressOf = ({ EMAIL_BOUNCE_ADDRESS: bounce, EMAIL_INBOX_ADDRESSES: [inbox = ''] }: Named): string =>
  bounce ?? `bounces@${inbox.slice(inbox.lastIndexOf('@') + 1)}`;

/** True for the addresses that this installation takes mail for, with any tag. */
export function isOwnAddress(settings: Named, address: string): boolean {
  const plain = address
    .trim()
    .toLowerCase()
    .replace(/\+[^@]*@/, '@');
  return settings.EMAIL_INBOX_ADDRESSES.includes(plain) || plain === bounceAddressOf(settings);
}
