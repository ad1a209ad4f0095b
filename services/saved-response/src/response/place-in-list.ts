import { UserError } from '@conversations/contracts';

/** Where a saved response stands in a list. */
export interface PlaceInList {
  /** 0 when the title matches what is searched, or nothing is; 1 when the body alone does. */
  rank: number;
  sortKey: string;
  id: string;
}

class MalformedCursor extends UserError {
  constructor() {
    super('INVALID_INPUT', 'This cursor was not made by this list: load the list from its start.');
  }
}

const PLACE = /^([01])\.(rsp_[0-9a-z]{16,40})\.(.*)$/su;

/** Opaque to whoever gets it. */
export function cursorAt({ rank, sortKey, id }: PlaceInList): string {
  return Buffer.from(`${rank}.${id}.${sortKey}`, 'utf8').toString('base64url');
}

/** Throws INVALID_INPUT for anything that this list did not make. */
export function placeOfCursor(cursor: string): PlaceInList {
  const [, rank, id, sortKey] = PLACE.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (rank === undefined || id === undefined || sortKey === undefined || sortKey.includes('\u0000'))
    throw new MalformedCursor();
  const place = { rank: Number(rank), sortKey, id };
  if (cursorAt(place) !== cursor) throw new MalformedCursor();
  return place;
}
