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
      jwt: string | null;
    }
  /** What the host page's storage holds now under a key; null = nothing. */
  | { t: 'stored'; key: string; value: string | null }
  | { t: 'shown'; open: boolean; focus: boolean }
  | { t: 'page'; page: VisitedPage }
  | { t: 'identify'; jwt: string };

/** From the iframe to the loader; always with the host page's exact origin as target. */
export type ToLoader =
  | { t: 'ready' }
  | { t: 'store'; key: string; value: string | null }
  /** Stores `value` only while the storage holds `from`; always answered with `stored`. */
  | { t: 'swap'; key: string; from: string | null; value: string | null }
  | { t: 'unread'; count: number }
  | { t: 'close' };
