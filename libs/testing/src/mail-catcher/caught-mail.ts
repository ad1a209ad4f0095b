import { type ParsedMail, simpleParser } from 'mailparser';
import { randomUUID } from 'node:crypto';

/** A mail as it came over SMTP. */
export interface CaughtMail {
  id: string;
  at: Date;
  /** The envelope's, not the header's. */
  sender: string;
  recipients: string[];
  raw: Buffer;
  parsed: ParsedMail;
}

/** What stays of a long day's work: older mails make room. */
const MOST_MAILS = 1_000;
const MOST_BYTES = 256 * 1024 * 1024;

/** The mails that were caught, in memory, newest first. */
export class CaughtMails {
  private mails: CaughtMail[] = [];
  private bytes = 0;

  get all(): readonly CaughtMail[] {
    return this.mails;
  }

  find(id: string): CaughtMail | undefined {
    return this.mails.find((mail) => mail.id === id);
  }

  async add(caught: Pick<CaughtMail, 'sender' | 'recipients' | 'raw'>): Promise<CaughtMail> {
    // Links and pictures in it are the mail's own business: the parser only reads what is there.
    const parsed = await simpleParser(caught.raw, { skipImageLinks: true });
    const mail = { ...caught, id: randomUUID(), at: new Date(), parsed };
    this.mails.unshift(mail);
    this.bytes += mail.raw.length;
    while (this.mails.length > MOST_MAILS || (this.bytes > MOST_BYTES && this.mails.length > 1)) this.drop();
    return mail;
  }

  clear(): void {
    this.mails = [];
    this.bytes = 0;
  }

  private drop(): void {
    this.bytes -= this.mails.pop()?.raw.length ?? 0;
  }
}

const addresses = (field: ParsedMail['to']) =>
  (Array.isArray(field) ? field : field ? [field] : []).flatMap(({ value }) =>
    value.map(({ name, address }) => ({ name, address: address ?? '' })),
  );

/** A line of the list. */
export const summaryOf = ({ id, at, sender, recipients, raw, parsed }: CaughtMail) => ({
  id,
  at: at.toISOString(),
  sender,
  recipients,
  from: addresses(parsed.from),
  to: addresses(parsed.to),
  cc: addresses(parsed.cc),
  subject: parsed.subject ?? '',
  messageId: parsed.messageId ?? null,
  byteSize: raw.length,
  files: parsed.attachments.length,
});

/** One mail with all that is in it but its HTML, its source and its files, which have addresses of their own. */
export const detailOf = (mail: CaughtMail) => ({
  ...summaryOf(mail),
  headers: mail.parsed.headerLines.map(({ line }) => line),
  inReplyTo: mail.parsed.inReplyTo ?? null,
  references: [mail.parsed.references ?? []].flat(),
  replyTo: addresses(mail.parsed.replyTo),
  text: mail.parsed.text ?? '',
  hasHtml: typeof mail.parsed.html === 'string',
  attachments: mail.parsed.attachments.map(({ filename, contentType, size }, index) => ({
    index,
    filename: filename ?? 'unnamed',
    contentType,
    byteSize: size,
  })),
});
