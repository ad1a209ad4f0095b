/** What others wrote about themselves as one line of a message: no line breaks, no characters that turn the text around. */
export function shownValue(value: string | null): string | null {
  const line = value
    ?.replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return line || null;
}

/** What to call somebody by; null for an initial, a title, an address. "Okafor, Ann" is Ann. */
export function firstNameOf(name: string): string | null {
  const given = /^[^,]+,\s*(\S.*)$/u.exec(name)?.[1] ?? name;
  const [first = ''] = given.split(/\s+/u);
  return /^.{2,}$/u.test(first) && !/[.@]/u.test(first) ? first : null;
}
