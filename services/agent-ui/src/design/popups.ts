import { lazyCode } from './lazy-code';

/** Dialogs, menus and choices: more code than any other part, and nobody opens one before the first screen is there. */
export const usePopups = lazyCode(() => import('./popup-parts'));
