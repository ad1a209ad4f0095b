/**
 * The frame around the pages.
 *
 * `useShortcut('complete', run)` hears a key of the keyboard map; `shownKeys('send')` names its keys for a tooltip.
 * inbox-page.tsx lays out `InboxPane({ openId })` of ../inbox, `ThreadPane({ conversationId })` of ../thread and
 * `DetailsPane({ conversationId })` of ../details; each fills the box that it gets. The button above the thread that
 * opens details is drawn while `useDetailsPane().isDrawer`; a "back" button while `usePaneLayout() === 'narrow'`.
 */
export { shownKeys, useShortcut, type ShortcutName } from './shortcuts';
export { useDetailsPane, usePaneLayout } from './pane-layout';
/** For data/: ask it when a socket is back; it is true after the server got a newer page. */
export { isNewerPageServed } from './page-version';
