import { UserError } from '@conversations/contracts';

class NoSuchPlace extends UserError {
  constructor() {
    super('INVALID_INPUT', 'Places are counted from 0.', { path: ['input', 'position'] });
  }
}

/** The place that a category takes: the last one when more was asked for than there is. Throws INVALID_INPUT below 0. */
export function placeOf(wanted: number, last: number): number {
  if (wanted < 0) throw new NoSuchPlace();
  return Math.min(wanted, last);
}
