import type { TranscriptEntry } from '@conversations/contracts';
import { mailTime, mailWords } from './mail-words';

/** What both alternatives of a mail show. */
export interface MailBody {
  locale: 'en' | 'fr';
  subject: string;
  text: string;
  signature: string;
  /** Brings an answer back into its conversation when everything else is lost. */
  marker: string;
  /** Newest first. */
  transcript: readonly TranscriptEntry[];
  transcriptCut: boolean;
  timeZone: string;
}

/** One piece of the transcript, in words; each alternative lays it out. */
interface Earlier {
  name: string;
  when: string;
  text: string;
  files: string | null;
}

/** The transcript in the words of the mail's language. */
export function earlierMessages({ transcript, locale, timeZone }: MailBody): Earlier[] {
  const words = mailWords[locale];
  return transcript.map(({ name, channel, at, text, files }) => ({
    name: oneLine(name),
    when: `${words.channels[channel]} · ${mailTime(at, locale, timeZone)}`,
    text: text.trim(),
    files: files.length === 0 ? null : words.files + files.map(oneLine).join(', '),
  }));
}

/** The text/plain alternative. */
export function textBody(mail: MailBody): string {
  const words = mailWords[mail.locale];
  const parts = [mail.text.trim()];
  if (mail.signature !== '') parts.push(mail.signature);
  parts.push(words.reference + mail.marker);
  const earlier = earlierMessages(mail);
  if (earlier.length > 0) parts.push(`—— ${words.earlier} ——`);
  for (const { name, when, text, files } of earlier) {
    parts.push([`${name} · ${when}`, ...(text === '' ? [] : [text]), ...(files === null ? [] : [files])].join('\n'));
  }
  if (mail.transcriptCut) parts.push(words.older);
  return `${parts.join('\n\n').replace(/\r\n?/g, '\n')}\n`;
}

/** Headers and names are one line: whatever would start another becomes a space. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
