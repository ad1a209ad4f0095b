/** Crockford's base 32 in lower case: survives servers that change the case of addresses, and eyes that take 0 for o. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/** `value` in exactly `length` digits; it has to fit. */
export function encodeCrockford(value: bigint, length: number): string {
  let rest = value;
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text = (DIGITS[Number(rest & 31n)] ?? '') + text;
    rest >>= 5n;
  }
  if (rest !== 0n) throw new Error('the number has more digits');
  return text;
}

/** The same text in the digits that we write; null where one of them is no digit. */
export function normalizeCrockford(text: string): string | null {
  const normal = text.toLowerCase().replaceAll('o', '0').replace(/[il]/g, '1');
  return /^[0-9a-hjkmnp-tv-z]*$/.test(normal) ? normal : null;
}

/** Of a normal text, see {@link normalizeCrockford}. */
export function decodeCrockford(text: string): bigint {
  let value = 0n;
  for (const digit of text) value = (value << 5n) | BigInt(DIGITS.indexOf(digit));
  return value;
}
