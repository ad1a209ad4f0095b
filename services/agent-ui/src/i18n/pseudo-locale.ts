const ACCENTED: Record<string, string> = {
  ...{ a: 'á', b: 'ƀ', c: 'ç', d: 'ð', e: 'é', g: 'ĝ', h: 'ĥ', i: 'í', j: 'ĵ', k: 'ķ', l: 'ļ', n: 'ñ', o: 'ó' },
  ...{ r: 'ŕ', s: 'š', t: 'ţ', u: 'ú', w: 'ŵ', y: 'ý', z: 'ž', A: 'Á', C: 'Ç', E: 'É', I: 'Í', N: 'Ñ', O: 'Ó' },
  ...{ R: 'Ŕ', S: 'Š', T: 'Ţ', U: 'Ú' },
};

/** Accented and 40 % longer: shows what is cut off and what was never given to translation. */
export function lengthen(text: string): string {
  const accented = Array.from(text, (letter) => ACCENTED[letter] ?? letter).join('');
  const more = Math.ceil(text.length * 0.4);
  return more === 0 ? accented : `${accented} ${'·'.repeat(Math.max(1, more - 1))}`;
}

/** The whole catalogue lengthened, functions included. */
export function pseudoLocale<T>(value: T): T {
  if (typeof value === 'string') return lengthen(value) as T;
  if (typeof value === 'function') {
    const text = value as unknown as (...values: unknown[]) => unknown;
    return ((...values: unknown[]) => pseudoLocale(text(...values))) as T;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => pseudoLocale(item)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pseudoLocale(item)])) as T;
}
