import { findResponses } from './find-responses';
import type { SavedCategory, SavedResponse } from './saved-responses-store';

const category = (id: string, name: string, position: number): SavedCategory => ({ id, name, position, version: 1 });
const response = (id: string, title: string, body: string, categoryId: string | null): SavedResponse => ({
  id,
  title,
  body,
  categoryId,
  version: 1,
  updatedAt: '2026-11-22T12:00:00.000Z',
  updatedBy: null,
});

const categories = [category('c2', 'Shipping', 1), category('c1', 'Billing', 2)];
const responses = [
  response('r1', 'Refund within 30 days', 'We refund any plan.', 'c1'),
  response('r2', 'Délai de livraison', 'Nous expédions à La Réunion.', 'c2'),
  response('r3', 'Address', 'Where shall we send it?', 'c2'),
  response('r4', 'Greeting', 'Hello!', null),
];

const titles = (search: string, categoryId: string | null = null) =>
  findResponses(categories, responses, { search, categoryId }).map(({ category: of, responses: some }) => [
    of?.name ?? null,
    some.map(({ title }) => title),
  ]);

test('all are shown by category in order, then by title; those in none come last', () => {
  expect(titles('')).toEqual([
    ['Shipping', ['Address', 'Délai de livraison']],
    ['Billing', ['Refund within 30 days']],
    [null, ['Greeting']],
  ]);
});

test('all words must occur, in the title, the text or the name of the category', () => {
  expect(titles('billing refund')).toEqual([['Billing', ['Refund within 30 days']]]);
  expect(titles('refund expedions')).toEqual([]);
});

test('what is found by its title comes first', () => {
  expect(titles('g')).toEqual([
    [null, ['Greeting']],
    ['Shipping', ['Address', 'Délai de livraison']],
    ['Billing', ['Refund within 30 days']],
  ]);
});

test('accents and case do not matter', () => {
  expect(titles('DELAI reunion')).toEqual([['Shipping', ['Délai de livraison']]]);
});

test('a category narrows the search', () => {
  expect(titles('', 'c1')).toEqual([['Billing', ['Refund within 30 days']]]);
  expect(titles('address', 'c1')).toEqual([]);
});

test('a response of a category that is not known yet is not lost', () => {
  const [group] = findResponses([], responses.slice(0, 1));
  expect(group?.responses.map(({ id }) => id)).toEqual(['r1']);
});
