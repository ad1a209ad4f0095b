import { createHash } from 'node:crypto';
import { firstOf, type HeaderFields, valuesOf } from './read-header';

const BRACKETED = /<([^<>\s]{1,998})>/g;
const MOST = 50;

const isId = (text: string): boolean => /^[^\s<>@]+@[^\s<>@]+$/.test(text) && text.length <= 998;

/** Ids in a field as they stand between angle brackets; also those that somebody wrote without. */
function idsIn(value: string): string[] {
  const text = value.slice(0, 64 * 1024);
  const bracketed = [...text.matchAll(BRACKETED)].map(([, id = '']) => id);
  return bracketed.length > 0 ? bracketed : text.split(/[\s,]+/).filter(isId);
}

/** The mail's own id, or null where it has none that could be told from others. */
export const messageIdIn = (fields: HeaderFields): string | null =>
  idsIn(firstOf(fields, 'message-id') ?? '').find(isId) ?? null;

/** For a mail without an id: the same bytes get the same one. */
export const derivedMessageId = (rawId: string): string => `${rawId.slice(0, 40)}@no-message-id.invalid`;

export const repliesTo = (fields: HeaderFields): string[] =>
  [...new Set(valuesOf(fields, 'in-reply-to').flatMap(idsIn))].slice(0, MOST);

/** First to last; of more than 50 the first one and the last ones. */
export function referencesIn(fields: HeaderFields): string[] {
  const ids = [...new Set(valuesOf(fields, 'references').flatMap(idsIn))];
  return ids.length <= MOST ? ids : [...ids.slice(0, 1), ...ids.slice(1 - MOST)];
}

/** What makes a mail the same one, whichever way and however often it comes. */
export function contentHash(parts: {
  from: string;
  subject: string;
  text: string;
  html: string | null;
  files: readonly string[];
}): string {
  const { from, subject, text, html, files } = parts;
  const words = (content: string) => content.replace(/\s+/g, ' ').trim();
  const facts = [from, words(subject), words(text), words(html ?? ''), ...files];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}
