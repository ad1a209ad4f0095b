import { refusal } from './errors';

/** A page's size as asked for; throws BAD_USER_INPUT outside 1 to `most`. */
export function pageSize(argument: 'first' | 'last', size: number, most: number): number {
  if (size >= 1 && size <= most) return size;
  throw refusal('BAD_USER_INPUT', `${argument}: 1 to ${String(most)}`);
}
