import { v7 } from 'uuid';

/** A UUIDv7: sorts by the time it was made, also within one millisecond of one process. */
export const newUuid = (): string => v7();

/** An id that says what it names: `newId('msg')` is `msg_` and 32 hexadecimal digits that sort by time. */
export const newId = (prefix: string): string => `${prefix}_${newUuid().replaceAll('-', '')}`;
