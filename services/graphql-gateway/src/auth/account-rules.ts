const MAX_NAME = 80;
const MIN_PASSWORD = 12;
const MAX_PASSWORD = 200;

/** Line breaks and other controls, and what turns the direction of the text around the name. */
const UNFIT_FOR_A_NAME = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

/** Characters as people count them in a limit: an emoji of two UTF-16 units is one. */
const lengthOf = (text: string) => Array.from(text).length;

/** The name as it is stored; null when it is not 1 to 80 characters of visible text. */
export function readDisplayName(given: string): string | null {
  const name = given.trim().normalize('NFC');
  const visible = name.replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '').trim();
  const fits = visible !== '' && lengthOf(name) <= MAX_NAME;
  return fits && name.isWellFormed() && !UNFIT_FOR_A_NAME.test(name) ? name : null;
}

/** Why a new password is refused; null when it may be used. Nothing is trimmed: spaces are part of a password. */
export function faultOfPassword(password: string): 'TOO_SHORT' | 'TOO_LONG' | 'NOT_TEXT' | null {
  if (!password.isWellFormed()) return 'NOT_TEXT';
  const length = lengthOf(password.normalize('NFC'));
  if (length < MIN_PASSWORD) return 'TOO_SHORT';
  return length > MAX_PASSWORD ? 'TOO_LONG' : null;
}
