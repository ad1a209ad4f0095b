import { excerpt } from './search-excerpt';
import { searchTerms } from './search-terms';

const shown = (text: string, typed: string) => excerpt(text, searchTerms(typed));

it('marks the beginnings that match, whatever their case and accents', () => {
  expect(shown('Is the Stockholm chair in stock?', 'stock')).toBe(
    'Is the \u2068Stock\u2069holm chair in \u2068stock\u2069?',
  );
  expect(shown('Déjà réglé', 'regl')).toBe('Déjà \u2068régl\u2069é');
  expect(shown('mon cœur', 'coe')).toBe('mon \u2068cœ\u2069ur');
  expect(shown('re\u0301gle\u0301', 'regle')).toBe('\u2068re\u0301gle\u0301\u2069');
});

it('marks a phrase as one run, and only where it stands', () => {
  expect(shown('stock in the stock, in stock', '"in stock"')).toBe('stock in the stock, \u2068in stock\u2069');
  expect(shown('東京に行く', '京に')).toBe('東\u2068京に\u2069行く');
});

it('is null when nothing matches, also inside a word', () => {
  expect(shown('Understock', 'stock')).toBeNull();
  expect(shown('', 'stock')).toBeNull();
});

it('shows the surroundings of the first match in a long text', () => {
  const long = shown(`${'before '.repeat(100)}needle ${'after '.repeat(100)}`, 'needle') ?? '';
  expect(long).toContain('\u2068needle\u2069');
  expect(long).toMatch(/^…before .*…$/);
  expect(long.length).toBeLessThan(180);
});

it('lets no text bring marks of its own, and cuts no character in half', () => {
  expect(shown('\u2068fake\u2069 needle', 'needle')).toBe('fake \u2068needle\u2069');
  expect(shown(`${'😀'.repeat(400)} needle ${'😀'.repeat(400)}`, 'needle')?.isWellFormed()).toBe(true);
});
