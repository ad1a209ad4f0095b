import type { SentAttachment } from '../data';
import { attachmentsOf, hasProblem, isRunning } from './upload-list';
import type { UploadQueue } from './upload-queue';

/** Replies that go as soon as their files are uploaded and their tags looked at, by draft; the value ends the wait. */
const waiting = new Map<string, () => void>();
const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};

export const isWaiting = (draftKey: string): boolean => waiting.has(draftKey);
export const subscribeWaiting = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Ends the wait; the reply stays in its box. */
export function cancelWaiting(draftKey: string): void {
  waiting.get(draftKey)?.();
  if (waiting.delete(draftKey)) tell();
}

/**
 * Sends now, or when the last upload has finished, also while the agent looks at another conversation. An upload that fails
 * ends the wait: the file says why, and the reply stays.
 */
export function sendAfterUploads(
  draftKey: string,
  queue: Pick<UploadQueue, 'uploads' | 'subscribe'>,
  send: (attachments: SentAttachment[]) => void,
): void {
  cancelWaiting(draftKey);
  const isDue = (): boolean => {
    const uploads = queue.uploads();
    if (hasProblem(uploads)) {
      cancelWaiting(draftKey);
      return false;
    }
    return !isRunning(uploads);
  };
  if (isDue()) {
    send(attachmentsOf(queue.uploads()));
    return;
  }
  const stop = queue.subscribe(() => {
    if (!isDue() || !waiting.has(draftKey)) return;
    cancelWaiting(draftKey);
    send(attachmentsOf(queue.uploads()));
  });
  waiting.set(draftKey, stop);
  tell();
}

/** Holds the reply until `work` is done; null when the agent ended the wait. */
export async function holdFor<T>(draftKey: string, work: Promise<T>): Promise<{ result: T } | null> {
  cancelWaiting(draftKey);
  const stop = () => undefined;
  waiting.set(draftKey, stop);
  tell();
  try {
    const result = await work;
    return waiting.get(draftKey) === stop ? { result } : null;
  } finally {
    if (waiting.get(draftKey) === stop) cancelWaiting(draftKey);
  }
}
