/** Where a client stands in the event log; opaque to it. */
export interface LogPosition {
  /** Of the stream that `sequence` counts in. */
  identity: string;
  sequence: number;
}

export const encodeCursor = ({ identity, sequence }: LogPosition): string =>
  Buffer.from(`${String(sequence)}@${identity}`).toString('base64url');

/** Null for anything that this server never gave out. */
export function decodeCursor(cursor: string): LogPosition | null {
  const match = /^(\d{1,15})@(.{1,64})$/.exec(Buffer.from(cursor, 'base64url').toString());
  return match?.[2] === undefined ? null : { sequence: Number(match[1]), identity: match[2] };
}
