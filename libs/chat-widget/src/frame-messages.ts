/** The page that the visitor looks at, as the host page tells it. */
export interface VisitedPage {
  url: string;
  title?: string;
}

/** From the loader in the host page to the iframe; always with the chat's exact origin as target. */
export type ToFrame =
  | {
      t: 'init';
      stored: Record<string, string>;
      open: boolean;
      page: VisitedPage | null;
      locale: string;
      /** `#rrggbb` from `data-color`. */
      color: string | null;
      /** The newest call of each verb that the page made before. */
      calls: Record<string, string>;
    }
  /** What the host page's storage holds now under a key; null = nothing. */
  | { t: 'stored'; key: string; value: string | null }
  | { t: 'shown'; open: boolean; focus: boolean }
  | { t: 'page'; page: VisitedPage }
  /** What the page asked for with `Conversations(verb, value)`, unchecked, as JSON. */
  | { t: 'call'; verb: string; json: string };

/** From the iframe to the loader; always with the host page's exact origin as target. */
export type ToLoader =
  | { t: 'ready' }
  /** With `from` only while the storage holds that; then it is answered with `stored`. */
  | { t: 'store'; key: string; from?: string | null; value: string | null }
  /** For the page's listeners; `count` also for the launcher. */
  | { t: 'event'; name: 'unread' | 'form'; detail: { count?: number; formId?: string } }
  | { t: 'close' };
