/** What happened in the widget, with what its listener gets. */
export interface ConversationsEvents {
  /** The iframe has come: on the first opening, or at idle for a visitor who returns. */
  ready: object;
  open: object;
  close: object;
  /** The messages that the visitor has not seen; also back to 0. */
  unread: { count: number };
  /** The visitor's answer to a form is stored. Not what it says: that is between the visitor and the agents. */
  form: { formId: string };
}

export type ConversationsEvent = keyof ConversationsEvents;

/**
 * `window.Conversations`, for the scripts of the page that carries the widget. What it cannot use it refuses with a warning in the
 * console; it never throws. Calls made before the loader ran wait in `q`.
 */
export interface ConversationsApi {
  (verb: 'open' | 'close' | 'toggle'): void;
  /** Who is signed in on the site: a JWT of its backend, at most 4,000 characters. */
  (verb: 'identify', jwt: string): void;
  /**
   * Who the page thinks the visitor is: a claim, as if typed into a form, which the visitor's own answer to one outranks.
   * At most 320 characters of address, 40 of phone, 200 of the others.
   */
  (verb: 'contact', contact: { email: string; name?: string; phone?: string; company?: string }): void;
  /** What agents see as the visitor's page, where it is not the document's own address (at most 2,000) and title (300). */
  (verb: 'page', page: { url?: string; title?: string }): void;
  <E extends ConversationsEvent>(
    verb: 'on' | 'off',
    event: E,
    listener: (detail: ConversationsEvents[E]) => void,
  ): void;
  q?: unknown[][];
}

declare global {
  interface Window {
    Conversations?: ConversationsApi;
  }
}
