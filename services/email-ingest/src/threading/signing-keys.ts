import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { decodeCrockford, encodeCrockford, normalizeCrockford } from './crockford';

/** What a seal vouches for: one made for one purpose says nothing for another. */
export type Purpose = 'reply-token' | 'message-id' | 'body-marker' | 'return-path' | 'loop';

/** 60 bits: every guess is a mail of its own, and the sender has to take part in the thread besides. */
const SEAL_DIGITS = 12;
const SEAL_BITS = BigInt(SEAL_DIGITS * 5);

const SigningKey = z.object({
  /** One digit of Crockford's base 32, written into what the key seals. */
  id: z.string().regex(/^[0-9a-hjkmnp-tv-z]$/),
  secret: z.string().min(32),
});

/** `a:secret,b:older secret`: the first signs, all of them are believed, so that a key is replaced without breaking sent mail. */
export const SigningKeysSetting = z
  .string()
  .transform((text) => text.split(',').map((part) => ({ id: part.slice(0, 1), secret: part.slice(2), mark: part[1] })))
  .refine(
    (keys) => keys.every(({ id, secret, mark }) => mark === ':' && SigningKey.safeParse({ id, secret }).success),
    {
      error: 'is a list like a:secret,b:older-secret, each with one digit or letter and at least 32 characters',
    },
  )
  .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, { error: 'names a key twice' })
  .transform((keys) => new SigningKeys(keys));

/** The installation's secrets that make our ids in mails unforgeable. */
export class SigningKeys {
  constructor(private readonly keys: readonly z.output<typeof SigningKey>[]) {}

  /** `<key><payload><seal>`, lower-case Crockford base 32; `payload` in the same digits. */
  seal(purpose: Purpose, payload: string): string {
    const key = this.keys[0];
    if (!key) throw new Error('there is no signing key');
    return key.id + payload + sealOf(key, purpose, payload);
  }

  /** The payload, in the digits that we write, or null for what none of our keys sealed for this purpose. */
  open(purpose: Purpose, sealed: string, payloadDigits: number): string | null {
    if (sealed.length !== sealedLength(payloadDigits)) return null;
    const text = normalizeCrockford(sealed);
    const key = this.keys.find(({ id }) => id === text?.[0]);
    if (text === null || !key) return null;
    const payload = text.slice(1, 1 + payloadDigits);
    const expected = Buffer.from(sealOf(key, purpose, payload));
    return timingSafeEqual(expected, Buffer.from(text.slice(1 + payloadDigits))) ? payload : null;
  }
}

export const sealedLength = (payloadDigits: number): number => 1 + payloadDigits + SEAL_DIGITS;

function sealOf(key: { id: string; secret: string }, purpose: Purpose, payload: string): string {
  const mac = createHmac('sha256', key.secret).update(`${purpose}\n${key.id}${payload}`).digest('hex');
  return encodeCrockford(BigInt(`0x${mac}`) >> (256n - SEAL_BITS), SEAL_DIGITS);
}

/** Digits of an id's 128 bits. */
export const ID_DIGITS = 26;

/** The 128 bits of an id that newId made. */
export function idDigits(id: string): string {
  const [, hex] = /^[a-z]+_([0-9a-f]{32})$/.exec(id) ?? [];
  if (hex === undefined) throw new Error(`${id} is no id of ours`);
  return encodeCrockford(BigInt(`0x${hex}`), ID_DIGITS);
}

export function idOf(prefix: 'cnv' | 'msg', digits: string): string {
  return `${prefix}_${decodeCrockford(digits).toString(16).padStart(32, '0')}`;
}
