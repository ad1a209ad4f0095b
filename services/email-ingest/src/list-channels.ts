import type { ListEmailChannels, OutputOf } from '@conversations/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { type EmailSettings, SETTINGS } from './config';

/** The addresses and mailboxes that mail comes in by, and how they are. */
@Injectable()
export class ListChannels {
  constructor(@Inject(SETTINGS) private readonly settings: EmailSettings) {}

  async run(): Promise<OutputOf<typeof ListEmailChannels>> {
    const channels = this.settings.EMAIL_INBOX_ADDRESSES.map((address) => ({
      id: `address:${address}`.slice(0, 100),
      channel: 'email' as const,
      name: address,
      address,
      health: 'OK' as const,
      detail: null,
      lastInboundAt: null,
      webhook: null,
    }));
    return { channels };
  }
}
