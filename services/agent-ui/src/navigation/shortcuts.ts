import { useEffect, useEffectEvent } from 'react';
import { tinykeys } from 'tinykeys';
import { readChoice, storeChoice } from '../i18n/stored-choice';

/** Every shortcut: its keys for tinykeys, how they are shown, and whether it is a single key that can be turned off. */
export const SHORTCUTS = {
  next: { keys: 'j', shown: ['j'], single: true },
  previous: { keys: 'k', shown: ['k'], single: true },
  open: { keys: 'Enter', shown: ['Enter'], single: true },
  /** Leaves the thread, the search, the selection. Open menus and dialogs take Escape first. */
  back: { keys: 'Escape', shown: ['Esc'], single: false },
  complete: { keys: 'e', shown: ['e'], single: true },
  reopen: { keys: 'Shift+E', shown: ['Shift', 'E'], single: true },
  markUnread: { keys: 'Shift+U', shown: ['Shift', 'U'], single: true },
  search: { keys: '[Shift]+/', shown: ['/'], single: true },
  send: { keys: '$mod+Enter', shown: ['Ctrl', 'Enter'], single: false },
  sendAndComplete: { keys: '$mod+Shift+Enter', shown: ['Ctrl', 'Shift', 'Enter'], single: false },
  firstChannel: { keys: 'Alt+Digit1', shown: ['Alt', '1'], single: false },
  secondChannel: { keys: 'Alt+Digit2', shown: ['Alt', '2'], single: false },
  thirdChannel: { keys: 'Alt+Digit3', shown: ['Alt', '3'], single: false },
  savedResponses: { keys: '$mod+KeyK', shown: ['Ctrl', 'K'], single: false },
  help: { keys: '[Shift]+?', shown: ['?'], single: true },
} as const;

export type ShortcutName = keyof typeof SHORTCUTS;

type Run = (event: KeyboardEvent) => void;
/** The last one registered hears: a drawer's shortcut wins over the page's. */
const handlers = new Map<ShortcutName, Run[]>();

const KEY = 'conversations.single-keys';
export const singleKeysAreOn = (): boolean => readChoice(KEY, ['on', 'off'], 'on') === 'on';
export const setSingleKeys = (on: boolean): void => storeChoice(KEY, on ? 'on' : 'off');

const MAC = /Mac|iP(hone|ad|od)/.test(typeof navigator === 'object' ? navigator.platform : '');
const MAC_KEYS: Record<string, string> = { Ctrl: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↵' };

/** The keys as this computer's keyboard names them. */
export const shownKeys = (name: ShortcutName): readonly string[] =>
  SHORTCUTS[name].shown.map((key) => (MAC ? (MAC_KEYS[key] ?? key) : key));

const TEXT_FIELDS = 'input:not([type=checkbox],[type=radio],[type=button]),textarea,select,[contenteditable=true]';
const OVERLAYS = '[role=dialog],[role=alertdialog],[role=menu],[role=listbox]';
const PRESSABLE = 'a[href],button,summary,[role=option],[role=menuitem],[role=button],[role=combobox]';

/** True when the key belongs to what has the focus, and not to the page. */
function isTaken(name: ShortcutName, event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return true;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(OVERLAYS) != null) return true;
  // Escape closes what lies over the page, wherever the focus is.
  if (
    name === 'back' &&
    document.querySelector('[role=dialog][data-open],[role=menu][data-open],[role=listbox][data-open]') !== null
  )
    return true;
  if (!SHORTCUTS[name].single) return false;
  if (!singleKeysAreOn()) return true;
  if (target?.closest(TEXT_FIELDS) != null) return true;
  return name === 'open' && target?.closest(PRESSABLE) != null;
}

/** Listens for all of them; call once. Gives back how to stop. */
export function listenForShortcuts(): () => void {
  const bindings = Object.entries(SHORTCUTS).map(([key, { keys }]) => {
    const name = key as ShortcutName;
    const run: Run = (event) => {
      const heard = handlers.get(name)?.at(-1);
      if (heard === undefined || isTaken(name, event)) return;
      event.preventDefault();
      heard(event);
    };
    return [keys, run] as const;
  });
  // Held keys repeat only for walking through the list.
  const ignore = (event: KeyboardEvent): boolean => event.repeat && event.key !== 'j' && event.key !== 'k';
  return tinykeys(window, Object.fromEntries(bindings), { ignore });
}

/** Runs `run` on the shortcut while the component is there. `enabled: false` leaves the key to whoever registered before. */
export function useShortcut(name: ShortcutName, run: Run, { enabled = true }: { enabled?: boolean } = {}): void {
  const latest = useEffectEvent(run);
  useEffect(() => {
    if (!enabled) return;
    const own: Run = (event) => latest(event);
    const stack = handlers.get(name) ?? [];
    handlers.set(name, [...stack, own]);
    return () => {
      handlers.set(
        name,
        (handlers.get(name) ?? []).filter((other) => other !== own),
      );
    };
  }, [name, enabled]);
}
