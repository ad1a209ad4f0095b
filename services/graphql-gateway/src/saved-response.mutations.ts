import {
  type AutomationSnapshot,
  CreateSavedResponse,
  CreateSavedResponseCategory,
  DeleteSavedResponse,
  DeleteSavedResponseCategory,
  SavedResponseCategoryId,
  SavedResponseId,
  UpdateSavedResponse,
  UpdateSavedResponseCategory,
  UserError,
} from '@conversations/contracts';
import { actor, type GatewayContext } from './context';
import { payload, type ShownError } from './errors';
import type { Resolvers } from './generated/resolvers';
import type { SavedResponseCategoryParent, SavedResponseParent } from './parents';

function idOf(id: string): string {
  if (SavedResponseId.safeParse(id).success) return id;
  throw new UserError('NOT_FOUND', 'There is no such saved response', { path: ['input', 'id'] });
}

function categoryIdOf(id: string, field: string): string {
  if (SavedResponseCategoryId.safeParse(id).success) return id;
  throw new UserError('NOT_FOUND', 'There is no such category', { path: ['input', field] });
}

/** Null and absent mean different things where a category may be taken away. */
const categoryGiven = (id: string | null | undefined) => (id == null ? id : categoryIdOf(id, 'categoryId'));

/** What was loaded before a change shows the state before it. */
function changed<T extends object>(answer: T, { loaders }: GatewayContext) {
  loaders.savedResponses.clearAll();
  loaders.savedResponseLists.clearAll();
  loaders.savedResponseCategories.clearAll();
  return { ...answer, errors: [] };
}

/** The object that a stale caller should look at, as the service sent it along. */
function currentOf({ details }: ShownError) {
  if ('savedResponse' in details)
    return { __typename: 'SavedResponse' as const, ...(details['savedResponse'] as SavedResponseParent) };
  if ('category' in details)
    return { __typename: 'SavedResponseCategory' as const, ...(details['category'] as SavedResponseCategoryParent) };
  if ('automation' in details) {
    const loaded = details['automation'] as AutomationSnapshot;
    return { __typename: 'ChatbotAutomation' as const, id: loaded.id, loaded };
  }
  return null;
}

export const savedResponseMutations: Resolvers = {
  Mutation: {
    createSavedResponse: (_root, { input: { title, body, categoryId } }, context) =>
      payload(async () => {
        const written = { title, body, categoryId: categoryGiven(categoryId) ?? null };
        return changed(await context.ask(CreateSavedResponse, { ...written, by: actor(context) }), context);
      }),

    updateSavedResponse: (_root, { input: { id, expectedVersion, title, body, categoryId } }, context) =>
      payload(async () => {
        const written = {
          title: title ?? undefined,
          body: body ?? undefined,
          categoryId: categoryGiven(categoryId),
        };
        const asked = { id: idOf(id), expectedVersion, ...written, by: actor(context) };
        return changed(await context.ask(UpdateSavedResponse, asked), context);
      }),

    deleteSavedResponse: (_root, { input: { id, expectedVersion } }, context) =>
      payload(async () => {
        const asked = { id: idOf(id), expectedVersion, by: actor(context) };
        return changed(await context.ask(DeleteSavedResponse, asked), context);
      }),

    createSavedResponseCategory: (_root, { input: { name, position } }, context) =>
      payload(async () => {
        const asked = { name, position: position ?? null, by: actor(context) };
        return changed(await context.ask(CreateSavedResponseCategory, asked), context);
      }),

    updateSavedResponseCategory: (_root, { input: { id, expectedVersion, name, position } }, context) =>
      payload(async () => {
        const written = { name: name ?? undefined, position: position ?? undefined };
        const asked = { id: categoryIdOf(id, 'id'), expectedVersion, ...written, by: actor(context) };
        return changed(await context.ask(UpdateSavedResponseCategory, asked), context);
      }),

    deleteSavedResponseCategory: (_root, { input: { id, expectedVersion, moveTo } }, context) =>
      payload(async () => {
        const asked = {
          id: categoryIdOf(id, 'id'),
          expectedVersion,
          moveTo: moveTo == null ? null : categoryIdOf(moveTo, 'moveTo'),
          by: actor(context),
        };
        return changed(await context.ask(DeleteSavedResponseCategory, asked), context);
      }),
  },
  StaleVersionError: {
    currentVersion: ({ details }) => details['currentVersion'] as number,
    current: (error) => currentOf(error),
  },
};
