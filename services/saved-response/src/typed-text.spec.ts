import { UserError } from '@conversations/contracts';
import { bodyOf, caseless, lineOf } from './typed-text';

function refusalOf(work: () => unknown): Pick<UserError, 'code'> & { path: string[] | undefined } {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return { code: error.code, path: error.options.path };
    throw error;
  }
  throw new Error('it was taken');
}

it('a title is one line: white space in a row becomes one space', () => {
  expect(lineOf('  Delivery\n\ttimes  ', 'title', 120)).toBe('Delivery times');
});

it('a body stays as it was typed', () => {
  expect(bodyOf('  Hello,\r\n\n  Ann \n')).toBe('  Hello,\r\n\n  Ann \n');
});

it.each(['', ' \n\t '])('nothing but white space (%j) is refused', (typed) => {
  expect(refusalOf(() => lineOf(typed, 'name', 80))).toEqual({ code: 'INVALID_INPUT', path: ['input', 'name'] });
  expect(refusalOf(() => bodyOf(typed))).toEqual({ code: 'INVALID_INPUT', path: ['input', 'body'] });
});

it('the longest texts are taken, one character more is too long', () => {
  expect(lineOf('x'.repeat(120), 'title', 120)).toHaveLength(120);
  expect(refusalOf(() => lineOf('x'.repeat(121), 'title', 120))).toEqual({
    code: 'TOO_LONG',
    path: ['input', 'title'],
  });
  expect(bodyOf('x'.repeat(10_000))).toHaveLength(10_000);
  expect(refusalOf(() => bodyOf('x'.repeat(10_001)))).toEqual({ code: 'TOO_LONG', path: ['input', 'body'] });
});

it.each(['a\u0000b', 'a\ud800', '\udc00b'])('%j is no text', (typed) => {
  expect(refusalOf(() => lineOf(typed, 'title', 120))).toEqual({ code: 'INVALID_INPUT', path: ['input', 'title'] });
  expect(refusalOf(() => bodyOf(typed))).toEqual({ code: 'INVALID_INPUT', path: ['input', 'body'] });
});

it('lines that differ in case, or in how an accent is written, are the same; with and without an accent they are not', () => {
  expect(caseless('ÉCHANGES')).toBe(caseless('e\u0301changes'));
  expect(caseless('Échanges')).not.toBe(caseless('Echanges'));
});
