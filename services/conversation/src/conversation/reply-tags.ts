import type { ReplyTag } from '@conversations/contracts';
import { nearestTag } from './nearest-tag';

/** Personalization tags, in the order to offer them. */
export const TAG_NAMES = [
  'contact.firstName',
  'contact.name',
  'contact.company',
  'contact.email',
  'agent.firstName',
  'agent.name',
] as const;
type TagName = (typeof TAG_NAMES)[number];
/** Null: not known. */
export type TagValues = Record<TagName, string | null>;

/** What a text becomes; the contract of `preview-reply` says what each part is. */
export interface ResolvedText {
  text: string;
  draft: string;
  tags: ReplyTag[];
}

/**
 * `{{name}}` or `{{name|fallback}}` on one line; the name is two or more words joined by dots, so that `{{ handlebars }}` is
 * none. Whatever has that form is taken for a tag, known or not: a misspelt one must not reach the customer.
 */
const TAG = /\{\{[^\S\r\n]*([A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)+)[^\S\r\n]*(?:\|([^{}\r\n]*))?\}\}/gu;
const KNOWN = new Map<string, TagName>(TAG_NAMES.map((name) => [name.toLowerCase(), name]));

interface Found {
  written: string;
  start: number;
  name: string;
  fallback: string | null;
  /** Backslashes directly before it. An odd number makes it text; each pair is one backslash. */
  slashes: number;
}
type Part = string | Found;

/**
 * The one place where tags are resolved. With `values` null the text is for nobody in particular: known tags stay, without
 * a problem. Values are put in as text and are never looked at for tags again.
 */
export function resolveTags(text: string, values: TagValues | null): ResolvedText {
  const tags: ReplyTag[] = [];
  let sent = '';
  let draft = '';
  let literal = '';
  for (const part of partsOf(text)) {
    if (typeof part === 'string') {
      literal += part;
      continue;
    }
    const tag = resolved(part, values);
    tags.push(tag);
    if (tag.value !== null) literal += tag.value;
    else {
      sent += literal + part.written;
      draft += escaped(literal, true) + part.written;
      literal = '';
    }
  }
  return { text: sent + literal, draft: draft + escaped(literal, false), tags };
}

/** Whether a text could have become `stored` with other values: what is written around its tags stands there in order. */
export function couldBecome(text: string, stored: string): boolean {
  const parts = partsOf(text.trim());
  if (parts.every((part) => typeof part === 'string')) return parts.join('').trim() === stored;
  // Ends are trimmed after resolving, so the spaces beside an empty fallback may be gone.
  const literals = parts.flatMap((part) => (typeof part === 'string' ? [part.trim()] : []));
  let from = 0;
  for (const literal of literals) {
    const at = stored.indexOf(literal, from);
    if (at < 0) return false;
    from = at + literal.length;
  }
  const [first, last] = [parts[0], parts.at(-1)];
  return (
    (typeof first !== 'string' || stored.startsWith(first.trim())) &&
    (typeof last !== 'string' || stored.endsWith(last.trim()))
  );
}

function resolved({ written, start, name, fallback }: Found, values: TagValues | null): ReplyTag {
  const known = KNOWN.get(name.toLowerCase());
  if (known === undefined)
    return { written, start, value: null, problem: 'UNKNOWN', suggestion: nearestTag(name, TAG_NAMES) };
  const value = values && (values[known] ?? fallback);
  return { written, start, value, problem: values && value === null ? 'NO_VALUE' : null, suggestion: null };
}

/** Text and tags in turn, with escaped tags as the text that they stand for. */
function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  let literal = '';
  for (const found of findTags(text)) {
    const { start, written, slashes } = found;
    literal += text.slice(end, start - slashes) + '\\'.repeat(Math.floor(slashes / 2));
    end = start + written.length;
    if (slashes % 2 === 1) literal += written;
    else {
      parts.push(literal, found);
      literal = '';
    }
  }
  parts.push(literal + text.slice(end));
  return parts.filter((part) => part !== '');
}

/** The text that `partsOf` reads as this literal. */
function escaped(literal: string, beforeTag: boolean): string {
  let draft = '';
  let end = 0;
  for (const { start, written, slashes } of findTags(literal)) {
    draft += `${literal.slice(end, start)}${'\\'.repeat(slashes + 1)}${written}`;
    end = start + written.length;
  }
  const rest = literal.slice(end);
  return draft + rest + (beforeTag ? '\\'.repeat(slashesBefore(rest, rest.length)) : '');
}

function* findTags(text: string): Generator<Found> {
  let end = 0;
  for (const match of text.matchAll(TAG)) {
    const [written, name = '', fallback] = match;
    const slashes = slashesBefore(text.slice(end, match.index), match.index - end);
    yield { written, start: match.index, name, fallback: fallback?.trim() ?? null, slashes };
    end = match.index + written.length;
  }
}

function slashesBefore(text: string, end: number): number {
  let start = end;
  while (text[start - 1] === '\\') start -= 1;
  return end - start;
}
