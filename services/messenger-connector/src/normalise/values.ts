import { z } from 'zod';

const LONGEST_ID = 250;
/** Below it Meta means seconds. */
const SECONDS_BELOW = 1e11;
const LAST_DATE = Date.parse('9999-12-31T00:00:00Z');

/** Text that Postgres and JSON take: without U+0000 and halves of surrogate pairs. */
export const cleanText = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();

/** At most so many UTF-16 units, never half a pair. */
export const cutText = (text: string, longest: number): string =>
  text.length <= longest ? text : text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');

/** Ids are digits, in quotes or without; some are other texts. */
export const Id = z
  .union([z.string(), z.number().transform(String)])
  .transform(cleanText)
  .pipe(z.string().min(1).max(LONGEST_ID));

/** Milliseconds since 1970, whatever was written: seconds, a text, or nothing. */
export const Time = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).transform((given, context) => {
  const milliseconds = Math.trunc(given < SECONDS_BELOW ? given * 1_000 : given);
  if (milliseconds >= 0 && milliseconds <= LAST_DATE) return milliseconds;
  context.addIssue({ code: 'custom', message: 'is no time' });
  return z.NEVER;
});

/** What does not fit counts as not given: one wrong field must not cost the rest. */
export const lenient = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);

export const LooseText = z.string().transform(cleanText);
