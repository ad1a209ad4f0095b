import { UserError } from '@conversations/contracts';

export const MAX_TITLE = 120;
export const MAX_BODY = 10_000;
export const MAX_NAME = 80;

class NotText extends UserError {
  constructor(field: string) {
    super('INVALID_INPUT', 'The text contains a character that is no text. Type it again.', { path: ['input', field] });
  }
}

class NothingTyped extends UserError {
  constructor(field: string) {
    super('INVALID_INPUT', `Write a ${field}.`, { path: ['input', field] });
  }
}

class TooLong extends UserError {
  constructor(field: string, most: number) {
    super('TOO_LONG', `A ${field} has at most ${most.toLocaleString('en')} characters.`, { path: ['input', field] });
  }
}

/** One line as it is stored: white space in a row, line ends included, becomes one space. Throws INVALID_INPUT or TOO_LONG. */
export function lineOf(typed: string, field: 'title' | 'name', most: number): string {
  assertText(typed, field);
  const line = typed.replaceAll(/\s+/g, ' ').trim();
  if (line === '') throw new NothingTyped(field);
  if (line.length > most) throw new TooLong(field, most);
  return line;
}

/** A body as it is stored, which is as it was typed. Throws INVALID_INPUT or TOO_LONG. */
export function bodyOf(typed: string): string {
  assertText(typed, 'body');
  if (typed.trim() === '') throw new NothingTyped('body');
  if (typed.length > MAX_BODY) throw new TooLong('body', MAX_BODY);
  return typed;
}

/** Equal for lines that differ in case alone. */
export const caseless = (line: string): string => line.normalize('NFC').toLowerCase();

/** Postgres refuses U+0000, and half a surrogate pair is no text. */
function assertText(typed: string, field: string): void {
  if (typed.includes('\u0000') || !typed.isWellFormed()) throw new NotText(field);
}
