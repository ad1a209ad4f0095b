/** Without its byte order mark. Throws SyntaxError, or RangeError when it is nested too deeply. */
export function parseExactJson(body: Buffer): unknown {
  return JSON.parse(new TextDecoder().decode(body), keepDigits);
}

/** Meta sends some ids as numbers; beyond 2^53 they lose digits, so those stay as they were written. */
function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source ?? '';
  return /^-?\d+$/.test(source) ? source : value;
}
