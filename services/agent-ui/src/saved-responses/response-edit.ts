import type { ResponseInput } from './changes';
import type { SavedResponse } from './saved-responses-store';

/** Longest title and text in UTF-16 units, as the server counts. */
export const MAX_TITLE = 120;
export const MAX_BODY = 10_000;
export const MAX_NAME = 80;

/** What an agent has written and not saved; `base` is what was stored when it was begun, null for a new response. */
export interface ResponseEdit extends ResponseInput {
  base: (ResponseInput & { version: number }) | null;
}

/** A line as the server stores it: white space in a row is one space. */
export const lineOf = (typed: string): string => typed.replaceAll(/\s+/gu, ' ').trim();

const sameContent = (a: ResponseInput, b: ResponseInput): boolean =>
  lineOf(a.title) === lineOf(b.title) && a.body === b.body && a.categoryId === b.categoryId;

export const startEdit = ({ title, body, categoryId, version }: SavedResponse): ResponseEdit => ({
  title,
  body,
  categoryId,
  base: { title, body, categoryId, version },
});

/** True when leaving would lose something. */
export function isUnsaved(edit: ResponseEdit): boolean {
  if (edit.base === null) return edit.title.trim() !== '' || edit.body.trim() !== '';
  return !sameContent(edit, edit.base);
}

/** True when somebody else stored other content under the edit, so that saving would overwrite it. */
export const isStale = (edit: ResponseEdit, stored: SavedResponse): boolean =>
  edit.base !== null &&
  stored.version > edit.base.version &&
  !sameContent(edit.base, stored) &&
  !sameContent(edit, stored);

/** The version that saving names: the stored one when only the version moved on, not the content. */
export const versionToSave = (edit: ResponseEdit, stored: SavedResponse): number =>
  edit.base === null || isStale(edit, stored) ? (edit.base?.version ?? stored.version) : stored.version;

/** The edit goes on upon what is stored now. */
export const onTopOf = (edit: ResponseEdit, { title, body, categoryId, version }: SavedResponse): ResponseEdit => ({
  ...edit,
  base: { title, body, categoryId, version },
});

export interface EditProblems {
  title?: 'MISSING' | { over: number };
  body?: 'MISSING' | { over: number };
}

export function problemsOf({ title, body }: ResponseInput): EditProblems {
  const line = lineOf(title);
  const problems: EditProblems = {};
  if (line === '') problems.title = 'MISSING';
  else if (line.length > MAX_TITLE) problems.title = { over: line.length - MAX_TITLE };
  if (body.trim() === '') problems.body = 'MISSING';
  else if (body.length > MAX_BODY) problems.body = { over: body.length - MAX_BODY };
  return problems;
}
