/** A conversation is read when its newest message was on the screen for so long, in a focused tab. */
export const READ_AFTER_MS = 1_000;

export interface Reading {
  unread: boolean;
  /** Newest stored message of the conversation, and the newest that is on the screen. */
  newestId: string | null;
  shownId: string | null;
  tabIsFocused: boolean;
  /** How long that message has been on the screen, without a break, in a focused tab. */
  visibleForMs: number;
}

export const shouldMarkRead = ({ unread, newestId, shownId, tabIsFocused, visibleForMs }: Reading): boolean =>
  unread && tabIsFocused && newestId !== null && newestId === shownId && visibleForMs >= READ_AFTER_MS;
