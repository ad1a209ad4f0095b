import type { Locale } from '../conversation/transcript';

const MAX_SUBJECT = 500;
/** What mail programs of several languages put before the subject of an answer. */
const ANSWER = /^(?:\s*(?:re|aw|sv|vs|rép|ref|réf|antw)\s*(?:\[\d+\])?\s*[:：])+\s*/i;

const OF_A_CHAT: Record<Locale, string> = { en: 'Your conversation with us', fr: 'Votre conversation avec nous' };

/** Subject of an answer: that of the mails in the thread with one `Re: `, or a general one after a chat. */
export function answerSubject(subject: string | null, locale: Locale): string {
  const plain = (subject ?? '').replace(/\s+/g, ' ').replace(ANSWER, '').trim();
  if (plain === '') return OF_A_CHAT[locale];
  return `Re: ${plain}`.slice(0, MAX_SUBJECT).replace(/[\ud800-\udbff]$/, '');
}
