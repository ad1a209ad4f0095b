import { useSyncExternalStore } from 'react';
import { useText } from '../i18n';
import { Button } from './button';
import css from './toasts.module.css';
import { IconButton } from './icon-button';

export interface Toast {
  text: string;
  tone?: 'info' | 'danger';
  action?: { label: string; run: () => void };
}

/** Milliseconds that a toast stays; one with an action stays longer, because it has to be reached. */
const STAYS = 6_000;
const STAYS_WITH_ACTION = 12_000;
const MOST = 3;

let shown: readonly (Toast & { id: number })[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function replace(next: typeof shown): void {
  shown = next;
  for (const listener of listeners) listener();
}

const close = (id: number): void => replace(shown.filter((toast) => toast.id !== id));

const toasts = {
  show(toast: Toast): void {
    const id = ++lastId;
    replace([...shown, { ...toast, id }].slice(-MOST));
    setTimeout(() => close(id), toast.action === undefined ? STAYS : STAYS_WITH_ACTION);
  },
};

/** `show({ text, tone?, action? })` says something that needs no answer. What must be answered is a Banner or a Dialog. */
export const useToasts = (): typeof toasts => toasts;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The place where toasts appear; announced politely. */
export function Toasts() {
  const text = useText();
  const list = useSyncExternalStore(subscribe, () => shown);
  return (
    <div className={css.toasts} role="status" aria-live="polite">
      {list.map((toast) => (
        <div key={toast.id} className={toast.tone === 'danger' ? `${css.toast ?? ''} ${css.danger ?? ''}` : css.toast}>
          <span className={css.text}>{toast.text}</span>
          {toast.action !== undefined && (
            <Button
              size="small"
              onClick={() => {
                toast.action?.run();
                close(toast.id);
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton icon="close" iconSize={14} label={text.design.close} onClick={() => close(toast.id)} />
        </div>
      ))}
    </div>
  );
}
