import { FindAgentAddresses } from '@conversations/contracts';
import { Messaging, UpstreamTimeout, UpstreamUnavailable } from '@conversations/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { type EmailSettings, SETTINGS } from '../config';
import { type Authorship, unknownSender } from './compose-received';
import type { ParsedMail } from './parsed-mail';
import type { RawMail } from './raw-mail';

/** So often a mail waits for the service that knows the agents, before it counts as its sender's. */
const PATIENT_TRIES = 4;

/** A mail sent on by hand is from whoever wrote it first, when one of us sent it on: anybody can write such a text. */
@Injectable()
export class AttributeAuthor {
  constructor(
    private readonly messaging: Messaging,
    @Inject(SETTINGS) private readonly settings: EmailSettings,
  ) {}

  async run(raw: RawMail, mail: ParsedMail): Promise<Authorship> {
    const sender = mail.from ?? unknownSender(mail, raw.id);
    const { forward } = mail;
    if (forward === null || !(await this.mayForward(sender.address, raw.attempts)))
      return { from: sender, forwarded: null, text: mail.text, historyLine: mail.historyLine };
    const { text, historyLine } = forward.text === null ? mail : { ...forward, text: forward.text };
    return { from: forward.from, forwarded: { by: sender, comment: forward.comment }, text, historyLine };
  }

  private async mayForward(address: string, attempts: number): Promise<boolean> {
    if (this.settings.EMAIL_FORWARDERS.includes(address)) return true;
    try {
      const { addresses } = await this.messaging.request(FindAgentAddresses, { addresses: [address] });
      return addresses.includes(address);
    } catch (error) {
      const away = error instanceof UpstreamUnavailable || error instanceof UpstreamTimeout;
      if (away && attempts >= PATIENT_TRIES) return false;
      throw error;
    }
  }
}
