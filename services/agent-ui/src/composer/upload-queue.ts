import type { SentAttachment } from '../data';
import {
  addFiles,
  attachmentsOf,
  failed,
  finished,
  fromDraft,
  isRunning,
  nextToStart,
  progressed,
  removed,
  retried,
  started,
  type Upload,
} from './upload-list';
import { uploadFile } from './upload-file';

/**
 * Files of one conversation's reply. It lives beside the screen: an upload goes on, and its result reaches the draft, while
 * the agent looks at another conversation.
 */
export class UploadQueue {
  private list: readonly Upload[] = [];
  private readonly files = new Map<string, File>();
  private readonly previews = new Map<string, string>();
  private readonly running = new Map<string, () => void>();
  private readonly listeners = new Set<() => void>();
  /** Removed or sent, and perhaps still in the draft for a moment. */
  private gone = new Set<string>();
  /** Known to be in the draft. */
  private kept = new Set<string>();
  private keys = 0;

  /** Stores the finished ones in the draft. */
  keep: (attachments: readonly SentAttachment[]) => void = () => undefined;

  readonly uploads = (): readonly Upload[] => this.list;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Takes over what the draft holds and this queue did not put there: kept over a reload, or taken back from a message. */
  restore(attachments: readonly SentAttachment[]): void {
    const ids = new Set(attachments.map(({ id }) => id));
    this.gone = new Set([...this.gone].filter((id) => ids.has(id)));
    const known = new Set(attachmentsOf(this.list).map(({ id }) => id));
    const unknown = attachments.filter(({ id }) => !known.has(id) && !this.gone.has(id));
    // Another tab sent the reply or took a file out of it.
    const taken = this.list.filter(
      ({ attachment }) => attachment !== null && this.kept.has(attachment.id) && !ids.has(attachment.id),
    );
    for (const { key } of taken) this.forget(key);
    this.kept = ids;
    if (unknown.length + taken.length > 0)
      this.change([...fromDraft(unknown), ...this.list.filter((upload) => !taken.includes(upload))]);
  }

  add(files: readonly File[], folders: readonly string[] = []): void {
    const chosen = files.map((file) => {
      const key = `file-${String((this.keys += 1))}`;
      this.files.set(key, file);
      // SVG is drawn by nobody's browser here: as text of a stranger it could carry anything.
      if (/^image\/(png|jpeg|gif|webp)$/u.test(file.type)) this.previews.set(key, URL.createObjectURL(file));
      return { key, filename: file.name, byteSize: file.size, contentType: file.type };
    });
    const refused = folders.map((filename) => ({
      key: `file-${String((this.keys += 1))}`,
      filename,
      byteSize: 0,
      contentType: '',
      problem: 'FOLDER' as const,
    }));
    this.change(addFiles(this.list, [...chosen, ...refused]));
    this.startNext();
  }

  retry(key: string): void {
    this.change(retried(this.list, key));
    this.startNext();
  }

  /** Cancels it when it is under way. */
  remove(key: string): void {
    for (const { attachment } of this.list.filter((upload) => upload.key === key))
      if (attachment !== null) this.gone.add(attachment.id);
    this.forget(key);
    this.change(removed(this.list, key));
    this.keep(attachmentsOf(this.list));
    this.startNext();
  }

  /** The reply was sent: its files belong to the message now. */
  clear(): void {
    for (const { key, attachment } of this.list) {
      if (attachment !== null) this.gone.add(attachment.id);
      this.forget(key);
    }
    this.change([]);
  }

  /** Address of a picture in this browser's memory, while it has it. */
  preview(key: string): string | undefined {
    return this.previews.get(key);
  }

  get isRunning(): boolean {
    return isRunning(this.list);
  }

  private startNext(): void {
    for (const { key } of nextToStart(this.list)) {
      const file = this.files.get(key);
      if (file === undefined) continue;
      this.change(started(this.list, key));
      const cancel = uploadFile(file, {
        progress: (sent) => {
          this.change(progressed(this.list, key, sent));
        },
        end: (end) => {
          this.running.delete(key);
          if ('attachment' in end) {
            this.change(finished(this.list, key, end.attachment));
            this.keep(attachmentsOf(this.list));
          } else this.change(failed(this.list, key, end.problem));
          this.startNext();
        },
      });
      this.running.set(key, cancel);
    }
  }

  private forget(key: string): void {
    this.running.get(key)?.();
    this.running.delete(key);
    this.files.delete(key);
    const preview = this.previews.get(key);
    if (preview !== undefined) URL.revokeObjectURL(preview);
    this.previews.delete(key);
  }

  private change(list: readonly Upload[]): void {
    this.list = list;
    for (const listener of this.listeners) listener();
  }
}

const queues = new Map<string, UploadQueue>();

/** The queue of a reply; one for each agent and conversation, for as long as the page is open. */
export function uploadQueueOf(agentId: string, conversationId: string): UploadQueue {
  const key = `${agentId} ${conversationId}`;
  const existing = queues.get(key);
  if (existing !== undefined) return existing;
  const queue = new UploadQueue();
  queues.set(key, queue);
  return queue;
}

/** Closing the page would lose files that are under way: the browser asks first. */
window.addEventListener('beforeunload', (event) => {
  if ([...queues.values()].some((queue) => queue.isRunning)) event.preventDefault();
});
