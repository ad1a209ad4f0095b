import { indexQuery, searchQuery, searchTerms } from './search-terms';

const query = (typed: string) => searchQuery(searchTerms(typed));

it('words are beginnings of words, and all of them are wanted', () => {
  expect(query('In STOCK')).toBe('(in:*) & (stock:*)');
  expect(query('stock stock')).toBe('(stock:*)');
});

it('a phrase in quotes is exact; while its quote is open its last word is being typed', () => {
  expect(query('"In Stock" chair')).toBe('(in <-> stock) & (chair:*)');
  expect(query('«\u00a0l’été\u00a0»')).toBe('(l <-> ete)');
  expect(query('"in sto')).toBe('(in <-> sto:*)');
  expect(query('""')).toBe('');
});

it('what is written without a space stands side by side', () => {
  expect(query('ann@Example')).toBe('(ann <-> example:*)');
  expect(query('東京')).toBe('(東 <-> 京)');
  expect(query('🎉')).toBe('(🎉)');
});

it('nothing else of what was typed reaches a query', () => {
  expect(query(`a'b:*&|!()<->\\"; DROP % _ .*> \u0000 \ud800 c`)).toBe('(a <-> b:*) & (drop <-> c:*)');
  expect(query('!'.repeat(200))).toBe('');
  expect(searchTerms(Array.from({ length: 30 }, (_, index) => `w${index}`).join(' '))).toHaveLength(10);
});

it('the index is asked for what is worth it', () => {
  expect(indexQuery(searchTerms('a refund "to me"'))).toBe('refund:* & to & me');
  expect(indexQuery(searchTerms('re'))).toBe('re:*');
});
