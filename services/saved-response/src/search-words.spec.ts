import { prefixQuery, searchVector } from './search-words';

it('texts and searches agree without case and accents', () => {
  expect(searchVector('Étiquette de RETOUR')).toBe('etiquette de retour');
  expect(prefixQuery('étiq Retour')).toBe('etiq:* & retour:*');
  expect(prefixQuery('ETIQ')).toBe('etiq:*');
});

it('nothing in a search can be read as more than letters and digits', () => {
  expect(prefixQuery(`a'b:*&|!()<->\\"; DROP % _ .*> \u0000 \ud800 c`)).toBe('a:* & b:* & drop:* & c:*');
});

it('a search has ten words at most, and a word 64 letters', () => {
  expect(prefixQuery(Array.from({ length: 30 }, (_, index) => `w${index}`).join(' '))?.split(' & ')).toHaveLength(10);
  expect(searchVector('x'.repeat(5_000))).toBe('x'.repeat(64));
});

it('punctuation and emoji alone are no search', () => {
  expect(prefixQuery('%% 🙂 …')).toBeNull();
});
