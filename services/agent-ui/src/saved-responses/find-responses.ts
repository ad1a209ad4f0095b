import type { SavedCategory, SavedResponse } from './saved-responses-store';

/** A category with its responses that were found; `category` null: those that stand in none. */
export interface FoundGroup {
  category: SavedCategory | null;
  responses: SavedResponse[];
}

/** Letters without case and accents. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/**
 * Responses whose title, text or category has all words of the search; by category in order, then by title. What is found by
 * its title comes before what is found otherwise.
 */
export function findResponses(
  categories: readonly SavedCategory[],
  responses: readonly SavedResponse[],
  { search = '', categoryId = null }: { search?: string; categoryId?: string | null } = {},
): FoundGroup[] {
  const words = plain(search).split(/\s+/u).filter(Boolean);
  const nameOf = new Map(categories.map(({ id, name }) => [id, plain(name)]));
  const byTitle = (response: SavedResponse) => {
    const title = plain(response.title);
    return words.every((word) => title.includes(word));
  };
  const found = responses.filter((response) => {
    if (categoryId !== null && response.categoryId !== categoryId) return false;
    if (words.length === 0) return true;
    const category = response.categoryId === null ? '' : (nameOf.get(response.categoryId) ?? '');
    const text = `${plain(response.title)}\n${plain(response.body)}\n${category}`;
    return words.every((word) => text.includes(word));
  });
  return groupByCategory(categories, found, words.length === 0 ? undefined : byTitle);
}

/** In the categories' order; what stands in no (known) category comes last. */
export function groupByCategory(
  categories: readonly SavedCategory[],
  responses: readonly SavedResponse[],
  isFirst: (response: SavedResponse) => boolean = () => false,
): FoundGroup[] {
  const known = new Set(categories.map(({ id }) => id));
  const groups = [
    ...categories.map((category): FoundGroup => ({ category, responses: [] })),
    { category: null, responses: [] },
  ];
  for (const response of responses) {
    const id = response.categoryId !== null && known.has(response.categoryId) ? response.categoryId : null;
    groups.find(({ category }) => (category?.id ?? null) === id)?.responses.push(response);
  }
  const rank = (response: SavedResponse) => (isFirst(response) ? 0 : 1);
  const order = (a: SavedResponse, b: SavedResponse) =>
    rank(a) - rank(b) || a.title.localeCompare(b.title) || a.id.localeCompare(b.id);
  const best = ({ responses: [first] }: FoundGroup) => (first === undefined ? 1 : rank(first));
  return groups
    .map(({ category, responses: some }) => ({ category, responses: some.toSorted(order) }))
    .filter(({ responses: some }) => some.length > 0)
    .toSorted((a, b) => best(a) - best(b));
}
