import { request, RequestError } from '../data';
import {
  CreateSavedResponseCategoryDocument,
  CreateSavedResponseDocument,
  DeleteSavedResponseCategoryDocument,
  DeleteSavedResponseDocument,
  type SavedResponseRefusalFragment,
  UpdateSavedResponseCategoryDocument,
  UpdateSavedResponseDocument,
} from '../generated/documents';
import { fromRow, type SavedCategory, type SavedResponse, savedResponsesStore } from './saved-responses-store';

export type RefusalCode =
  | 'NAME_TAKEN'
  | 'NOT_FOUND'
  | 'CATEGORY_NOT_EMPTY'
  | 'STALE_VERSION'
  | 'TOO_LONG'
  | 'INVALID_INPUT'
  | 'FORBIDDEN'
  | 'OFFLINE'
  | 'UNAVAILABLE'
  | 'OTHER';

/** Null = done. */
export interface Refusal {
  code: RefusalCode;
  /** Input field it is about. */
  field: string | null;
}

const KNOWN: readonly RefusalCode[] = [
  ...(['NAME_TAKEN', 'NOT_FOUND', 'CATEGORY_NOT_EMPTY', 'STALE_VERSION', 'TOO_LONG', 'INVALID_INPUT'] as const),
];

/** What is stored now comes with a stale refusal: it is shown at once. */
function refusalOf(errors: readonly SavedResponseRefusalFragment[]): Refusal | null {
  const [error] = errors;
  if (error === undefined) return null;
  if (error.__typename === 'StaleVersionError' && error.current !== null) {
    if (error.current.__typename === 'SavedResponse') savedResponsesStore.put({ response: fromRow(error.current) });
    if (error.current.__typename === 'SavedResponseCategory') savedResponsesStore.put({ category: error.current });
  }
  const code = KNOWN.find((one) => one === error.code) ?? 'OTHER';
  if (code === 'NOT_FOUND') savedResponsesStore.refresh();
  return { code, field: error.path?.at(-1) ?? null };
}

const FAILURES: Partial<Record<RequestError['kind'], RefusalCode>> = {
  offline: 'OFFLINE',
  timeout: 'OFFLINE',
  forbidden: 'FORBIDDEN',
  unavailable: 'UNAVAILABLE',
  'rate-limited': 'UNAVAILABLE',
};

/** A change that did not reach the server, or whose answer did not come back, is a refusal too: the form stays. */
async function change(run: () => Promise<readonly SavedResponseRefusalFragment[]>): Promise<Refusal | null> {
  try {
    return refusalOf(await run());
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    // It may have been stored all the same.
    if (error.kind === 'timeout' || error.kind === 'offline') savedResponsesStore.refresh();
    return { code: FAILURES[error.kind] ?? 'OTHER', field: null };
  }
}

export interface ResponseInput {
  title: string;
  body: string;
  categoryId: string | null;
}

export async function createResponse(
  input: ResponseInput,
): Promise<{ refusal: Refusal | null; created: SavedResponse | null }> {
  let created: SavedResponse | null = null;
  const refusal = await change(async () => {
    const { createSavedResponse } = await request(CreateSavedResponseDocument, { input });
    if (createSavedResponse.savedResponse !== null) {
      created = fromRow(createSavedResponse.savedResponse);
      savedResponsesStore.put({ response: created });
    }
    return createSavedResponse.errors;
  });
  return { refusal, created };
}

export const updateResponse = (id: string, expectedVersion: number, input: ResponseInput): Promise<Refusal | null> =>
  change(async () => {
    const { updateSavedResponse } = await request(UpdateSavedResponseDocument, {
      input: { id, expectedVersion, ...input },
    });
    const { savedResponse, errors } = updateSavedResponse;
    if (savedResponse !== null && errors.length === 0) savedResponsesStore.put({ response: fromRow(savedResponse) });
    return errors;
  });

export const deleteResponse = ({ id, version }: SavedResponse): Promise<Refusal | null> =>
  change(async () => {
    const { deleteSavedResponse } = await request(DeleteSavedResponseDocument, {
      input: { id, expectedVersion: version },
    });
    if (deleteSavedResponse.deletedId !== null) savedResponsesStore.put({ deletedId: deleteSavedResponse.deletedId });
    return deleteSavedResponse.errors;
  });

export const createCategory = (name: string): Promise<Refusal | null> =>
  change(async () => {
    const { createSavedResponseCategory } = await request(CreateSavedResponseCategoryDocument, { input: { name } });
    const { category, errors } = createSavedResponseCategory;
    if (category !== null) savedResponsesStore.put({ category });
    return errors;
  });

/**
 * Renames or moves. A move of another category raises this one's version without anybody having touched it: then the change
 * is made on the new version. A rename under a rename is refused.
 */
export const updateCategory = (
  category: SavedCategory,
  to: { name?: string; position?: number },
): Promise<Refusal | null> =>
  change(async () => {
    const attempt = async (expectedVersion: number) => {
      const { updateSavedResponseCategory } = await request(UpdateSavedResponseCategoryDocument, {
        input: { id: category.id, expectedVersion, ...to },
      });
      return updateSavedResponseCategory;
    };
    let answer = await attempt(category.version);
    const [error] = answer.errors;
    if (
      error?.__typename === 'StaleVersionError' &&
      error.current?.__typename === 'SavedResponseCategory' &&
      (to.name === undefined || error.current.name === category.name)
    )
      answer = await attempt(error.current.version);
    if (answer.category !== null && answer.errors.length === 0) savedResponsesStore.put({ category: answer.category });
    return answer.errors;
  });

export const deleteCategory = ({ id, version }: SavedCategory, moveTo: string | null): Promise<Refusal | null> =>
  change(async () => {
    const { deleteSavedResponseCategory } = await request(DeleteSavedResponseCategoryDocument, {
      input: { id, expectedVersion: version, moveTo },
    });
    const { deletedId, errors } = deleteSavedResponseCategory;
    if (deletedId !== null) savedResponsesStore.put({ deletedId });
    return errors;
  });
