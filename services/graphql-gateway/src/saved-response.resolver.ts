import { ListSavedResponseCategories, SavedResponseCategoryId } from '@conversations/contracts';
import type { GatewayContext } from './context';
import { agentOf } from './conversation.resolver';
import { refusal } from './errors';
import type { QuerySavedResponsesArgs, Resolvers } from './generated/resolvers';
import { pageSize } from './page-size';
import type { SavedResponseParent } from './parents';

const MAX_PAGE = 100;
const MAX_SEARCH = 200;

function searchOf(given: string | null | undefined): string | null {
  const search = given?.trim() ?? '';
  if (search.length > MAX_SEARCH || search.includes('\0') || !search.isWellFormed())
    throw refusal('BAD_USER_INPUT', `search: at most ${String(MAX_SEARCH)} characters of text`);
  return search === '' ? null : search;
}

async function savedResponsePage(args: Partial<QuerySavedResponsesArgs>, { loaders }: GatewayContext) {
  const first = pageSize('first', args.first ?? 50, MAX_PAGE);
  const search = searchOf(args.search);
  const categoryId = args.categoryId ?? null;
  const after = args.after ?? null;
  const nowhere = categoryId !== null && !SavedResponseCategoryId.safeParse(categoryId).success;
  const page = nowhere
    ? { items: [], hasNextPage: false }
    : await loaders.savedResponseLists.load({ search, categoryId, first, after });
  const edges = page.items.map(({ cursor, savedResponse }) => ({ cursor, node: savedResponse }));
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** Every saved response of a category; page after page, because an answer of the broker is limited. */
async function heldBy(categoryId: string, { loaders }: GatewayContext): Promise<SavedResponseParent[]> {
  const held: SavedResponseParent[] = [];
  for (let after: string | null = null; ;) {
    const page = await loaders.savedResponseLists.load({ search: null, categoryId, first: MAX_PAGE, after });
    held.push(...page.items.map(({ savedResponse }) => savedResponse));
    after = page.items.at(-1)?.cursor ?? null;
    if (!page.hasNextPage || after === null) return held;
  }
}

export const savedResponseResolvers: Resolvers = {
  Query: {
    savedResponseCategories: async (_root, _args, { ask, loaders }) => {
      const { items } = await ask(ListSavedResponseCategories, {});
      for (const category of items) loaders.savedResponseCategories.prime(category.id, category);
      return items;
    },
    savedResponses: (_root, args, context) => savedResponsePage(args, context),
  },
  SavedResponseCategory: {
    savedResponses: ({ id }, _args, context) => heldBy(id, context),
  },
  SavedResponse: {
    category: ({ categoryId }, _args, { loaders }) =>
      categoryId === null ? null : loaders.savedResponseCategories.load(categoryId),
    updatedBy: ({ updatedBy }, _args, context) =>
      updatedBy.kind === 'agent' && updatedBy.id !== null ? agentOf(updatedBy.id, updatedBy.name, context) : null,
  },
};
