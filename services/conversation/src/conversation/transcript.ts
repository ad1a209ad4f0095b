import type { MessageSnapshot, TranscriptEntry } from '@conversations/contracts';
import { MAX_MAIL_TEXT } from '@conversations/contracts';

/** Most messages below one mail. */
export const MAX_ENTRIES = 200;
/** Longest text of one message in it, in UTF-16 code units. */
const MAX_ENTRY = 20_000;
const MAX_NAME = 200;

export type Locale = 'en' | 'fr';

const UNNAMED: Record<Locale, { agent: string; other: string }> = {
  en: { agent: 'Agent', other: 'You' },
  fr: { agent: 'Agent', other: 'Vous' },
};

interface Transcript {
  entries: TranscriptEntry[];
  /** True: older messages were left out. */
  cut: boolean;
}

/**
 * The conversation as the mail to its contact shows it, newest first. Holds messages only: no notes, no activity, no
 * address of an agent, no mail of whom nobody knows to take part, none whose sender was forged.
 * `messages` are newest first; `complete` is false when there are older ones.
 */
export function transcript(messages: readonly MessageSnapshot[], locale: Locale, complete = true): Transcript {
  const entries: TranscriptEntry[] = [];
  let left = MAX_MAIL_TEXT;
  for (const message of messages) {
    if (!belongs(message)) continue;
    const entry = entryOf(message, locale);
    const size = entry.text.length + entry.name.length + entry.files.join('').length;
    if (entries.length === MAX_ENTRIES || size > left) return { entries, cut: true };
    left -= size;
    entries.push(entry);
  }
  return { entries, cut: !complete };
}

function belongs({ author, email, messenger }: MessageSnapshot): boolean {
  if (author.kind === 'system' || messenger?.unsent) return false;
  return !email || (!email.stranger && email.authentication !== 'FAIL');
}

function entryOf(message: MessageSnapshot, locale: Locale): TranscriptEntry {
  return {
    name: nameOf(message.author, locale),
    channel: message.channel,
    at: message.createdAt,
    text: cutText(message.text, MAX_ENTRY),
    files: message.attachments.filter(({ inline }) => !inline).map(({ filename }) => filename),
  };
}

/** An address that stands for a name stays inside. */
function nameOf({ kind, name }: MessageSnapshot['author'], locale: Locale): string {
  if (name !== null && name !== '' && !name.includes('@')) return cutText(name, MAX_NAME);
  return UNNAMED[locale][kind === 'agent' || kind === 'automation' ? 'agent' : 'other'];
}

/** At most so many code units, whole characters only. */
function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
