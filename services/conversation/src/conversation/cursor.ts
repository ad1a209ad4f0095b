import { UserError } from '@conversations/contracts';

class MalformedCursor extends UserError {
  constructor() {
    super('INVALID_INPUT', 'This cursor was not made by this list: load the list from its start.');
  }
}

/** Opaque to whoever gets it. */
export function encodeCursor(...parts: (string | number)[]): string {
  return Buffer.from(parts.join('.'), 'utf8').toString('base64url');
}

/** What the groups of `pattern` capture. Throws INVALID_INPUT for anything that this list did not make. */
export function decodeCursor(cursor: string, pattern: RegExp): string[] {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const match = pattern.exec(text);
  if (!match || encodeCursor(text) !== cursor) throw new MalformedCursor();
  return match.slice(1);
}
