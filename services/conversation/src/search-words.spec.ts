import fc from 'fast-check';
import { searchVector, wordsOf } from './search-words';

const words = (text: string) => Array.from(wordsOf(text), ({ word }) => word);

describe('words', () => {
  it('have neither case nor accents, in English, French and German', () => {
    expect(words('Été, ÉCOLE: ann@example.com!')).toEqual(['ete', 'ecole', 'ann', 'example', 'com']);
    expect(words('cœur Æther Straße STRASSE ﬁn e\u0301te\u0301')).toEqual([
      ...['coeur', 'aether', 'strasse', 'strasse', 'fin', 'ete'],
    ]);
  });

  it('of scripts without spaces are their letters, and emoji are words', () => {
    expect(words('東京タワー')).toEqual(['東', '京', 'タ', 'ワ', 'ー']);
    expect(words('한국어 Привет')).toEqual(['한국어', 'привет']);
    expect(words('お茶2杯 tea')).toEqual(['お', '茶', '2', '杯', 'tea']);
    expect(words('❤️ 👍🏽 ok')).toEqual(['❤', '👍', 'ok']);
    expect(words('が')).not.toEqual(words('か'));
  });

  it('tell where they stand', () => {
    expect([...wordsOf('Le CŒUR')]).toEqual([
      { word: 'le', start: 0, end: 2 },
      { word: 'coeur', start: 3, end: 7 },
    ]);
  });

  it('are as long as words are', () => {
    expect(words('x'.repeat(5_000))).toEqual(['x'.repeat(64)]);
  });

  it('hold nothing that a query could read as more than letters, digits and emoji', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const word of words(text))
          expect(word).toMatch(/^[\p{L}\p{N}\p{M}\p{Extended_Pictographic}\u{1f1e6}-\u{1f1ff}]+$/u);
      }),
    );
  });
});

describe('a vector', () => {
  it('has the places of each word, and a gap between two texts', () => {
    expect(searchVector('to be or not to be', 'Be')).toBe('to:1,5 be:2,6,8 or:3 not:4');
  });

  it('of a long text stays within what Postgres takes', () => {
    expect(searchVector('x '.repeat(5_000)).split(',')).toHaveLength(255);
    expect(searchVector('%% …')).toBe('');
  });
});
