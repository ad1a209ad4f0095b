import { Resolver } from 'node:dns/promises';
import type { Logger } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { authenticate } from 'mailauth';
import { type EmailSettings, LOG, SETTINGS } from '../config';
import type { ParsedMail } from './parsed-mail';
import type { RawMail } from './raw-mail';

/** A DNS server that says nothing holds a mail up for ten seconds at most, each record of it. */
const DNS_LIMITS = { timeout: 2_500, tries: 2 };

/** Checks SPF, DKIM and DMARC of mail that came straight from the internet. It asks the DNS, and nobody else. */
@Injectable()
export class VerifySender {
  private readonly dns = new Resolver(DNS_LIMITS);

  constructor(
    @Inject(SETTINGS) private readonly settings: EmailSettings,
    @Inject(LOG) private readonly log: Logger,
  ) {
    if (settings.EMAIL_VERIFY_DNS.length > 0) this.dns.setServers(settings.EMAIL_VERIFY_DNS);
  }

  /** The mail with what was found out; as it is where nothing could be. */
  async run({ envelope, source }: RawMail, bytes: Buffer, mail: ParsedMail): Promise<ParsedMail> {
    const { remoteAddress: ip, helo, from: sender } = envelope;
    if (!this.settings.EMAIL_VERIFY || source !== 'smtp' || ip === null) return mail;
    try {
      const { dmarc } = await authenticate(bytes, {
        ip,
        ...(helo === null ? {} : { helo }),
        ...(sender === null ? {} : { sender }),
        resolver: async (name, type) => (await this.dns.resolve(name, type)) as string[] | string[][],
        disableArc: true,
        disableBimi: true,
      });
      const result = dmarc === false ? undefined : dmarc?.status.result;
      const authentication = result === 'pass' ? 'PASS' : result === 'fail' ? 'FAIL' : 'NONE';
      return { ...mail, authentication };
    } catch (error) {
      this.log.warn({ err: error }, 'mail.not-verified');
      return mail;
    }
  }
}
