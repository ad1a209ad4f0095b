import { RequestError } from '../data';
import type { AccountRefusalFragment } from '../generated/documents';
import type { Catalogue } from '../i18n';

type Texts = Catalogue['settings'];

/** What a person reads when a change was refused. */
export function refusalText(text: Texts, [first]: readonly AccountRefusalFragment[]): string | null {
  if (first === undefined) return null;
  const known: Partial<Record<string, string>> = text.refusals;
  return known[first.code] ?? text.refusedOther(first.message);
}

/** What a person reads when the request itself failed. */
export function failureText(text: Texts, error: unknown): string {
  if (!(error instanceof RequestError)) return text.failures.internal;
  return text.failures[error.kind];
}
