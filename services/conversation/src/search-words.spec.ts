import { excerpt, prefixQuery, searchVector, searchWords } from './search-words';

describe('words', () => {
  it('are split and lower-cased alike in a text and in a search', () => {
    expect(searchVector('Été, ÉCOLE: ann@example.com!')).toBe('été école ann example com');
    expect(searchWords('ANN@Example.com')).toEqual(['ann', 'example', 'com']);
  });

  it('hold nothing that a query could read as more than letters and digits', () => {
    expect(searchWords(`a'b:*&|!()<->\\"; DROP % _ .*> \u0000 \ud800 c`)).toEqual(['a', 'b', 'drop', 'c']);
    expect(prefixQuery(searchWords('in stock'))).toBe('in:* & stock:*');
  });

  it('of a search are ten at most, and each is as long as words are', () => {
    expect(searchWords(Array.from({ length: 30 }, (_, index) => `w${index}`).join(' '))).toHaveLength(10);
    expect(searchVector('x'.repeat(5_000))).toBe('x'.repeat(64));
  });

  it('of emoji and punctuation alone are none', () => {
    expect(searchWords('%% 🙂 …')).toEqual([]);
    expect(searchVector('🙂')).toBe('');
  });
});

describe('an excerpt', () => {
  it('marks the beginnings that match, whatever their case', () => {
    expect(excerpt('Is the Stockholm chair in stock?', ['stock'])).toBe(
      'Is the \u2068Stock\u2069holm chair in \u2068stock\u2069?',
    );
  });

  it('does not mark inside a word', () => {
    expect(excerpt('Understock', ['stock'])).toBe('Understock');
  });

  it('shows the surroundings of the first match in a long text', () => {
    const shown = excerpt(`${'before '.repeat(100)}needle ${'after '.repeat(100)}`, ['needle']);
    expect(shown).toContain('\u2068needle\u2069');
    expect(shown).toMatch(/^…before .*… *$|^…before/);
    expect(shown.length).toBeLessThan(180);
  });

  it('lets no text bring marks of its own, and cuts no character in half', () => {
    expect(excerpt('\u2068fake\u2069 needle', ['needle'])).toBe('fake \u2068needle\u2069');
    expect(excerpt('😀'.repeat(400), ['x']).isWellFormed()).toBe(true);
  });
});
