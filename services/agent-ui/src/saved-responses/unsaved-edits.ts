import { useSyncExternalStore } from 'react';
import { isUnsaved, type ResponseEdit } from './response-edit';

/** Id under which a response that does not exist yet is edited. */
export const NEW = 'new';

/** By agent, then by response: leaving the page by any way keeps them until the tab is closed. */
const edits = new Map<string, ReadonlyMap<string, ResponseEdit>>();
const listeners = new Set<() => void>();
const NONE: ReadonlyMap<string, ResponseEdit> = new Map();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useUnsavedEdits = (agentId: string): ReadonlyMap<string, ResponseEdit> =>
  useSyncExternalStore(subscribe, () => edits.get(agentId) ?? NONE);

/** An edit that has become equal to what is stored is none. */
export function keepEdit(agentId: string, responseId: string, edit: ResponseEdit | null): void {
  const next = new Map(edits.get(agentId) ?? NONE);
  if (edit !== null && isUnsaved(edit)) next.set(responseId, edit);
  else next.delete(responseId);
  edits.set(agentId, next);
  for (const listener of listeners) listener();
}

export function discardEdits(agentId: string): void {
  edits.delete(agentId);
  for (const listener of listeners) listener();
}

window.addEventListener('beforeunload', (event) => {
  if ([...edits.values()].some((own) => own.size > 0)) event.preventDefault();
});
