import type { MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS, UploadAnswer, UploadRefusal } from '@conversations/contracts';

/** Types come from the contracts, values are written again: importing them would bring zod into the bundle. */
const MAX_FILES: typeof MAX_ATTACHMENTS = 10;
const MAX_BYTES: typeof MAX_ATTACHMENT_BYTES = 20_971_520;

/** Slow lines need minutes for a large file; a line that is dead for so long is dead. */
const WITHIN_MS = 10 * 60_000;

const KEY = 'files';

/** `UNREACHABLE`: the gateway did not answer, or not in words of its own; it is tried again by itself when it is back. */
export type FileTrouble = UploadRefusal['error']['code'] | 'TOO_MANY_FILES' | 'UNREACHABLE';

/** A file that the visitor chose for the message being written. */
export interface ChosenFile {
  key: string;
  name: string;
  byteSize: number;
  /** Null after a reload: what is uploaded already needs no bytes. */
  file: File | null;
  /** 0–1 while it is on its way. */
  progress: number;
  uploaded: UploadAnswer | null;
  trouble: FileTrouble | null;
}

interface UploadsOptions {
  /** `https://chat.example`, the iframe's own origin. */
  origin: string;
  site: string;
  /** Null until the browser is a visitor; `flush` is called when that changes. */
  token(): string | null;
  onChange(): void;
}

/** The files of the message being written: sent to the gateway one after the other as soon as they are chosen. */
export class Uploads {
  chosen: readonly ChosenFile[] = [];
  /** Pictures that were chosen in this tab, by the id of their upload: shown without asking the gateway. */
  private readonly previews = new Map<string, string>();
  private underway: { key: string; request: XMLHttpRequest } | null = null;
  private count = 0;

  constructor(
    private readonly storage: { store(key: string, value: string | null): void },
    stored: Readonly<Record<string, string>>,
    private readonly options: UploadsOptions,
  ) {
    this.chosen = readUploads(parsed(stored[KEY])).map((uploaded) => this.known(uploaded));
  }

  /** Something chosen is not uploaded. */
  get pending(): boolean {
    return this.chosen.some(({ uploaded }) => uploaded === null);
  }

  previewOf(uploadId: string): string | undefined {
    return this.previews.get(uploadId);
  }

  add(files: Iterable<File>): void {
    const added: ChosenFile[] = [];
    for (const file of files) {
      const isOver = this.chosen.length + added.length >= MAX_FILES;
      const trouble = isOver
        ? 'TOO_MANY_FILES'
        : file.size === 0
          ? 'EMPTY'
          : file.size > MAX_BYTES
            ? 'TOO_LARGE'
            : null;
      added.push({
        key: this.newKey(),
        name: file.name,
        byteSize: file.size,
        file,
        progress: 0,
        uploaded: null,
        trouble,
      });
    }
    this.chosen = [...this.chosen, ...added];
    this.flush();
    this.options.onChange();
  }

  /** Uploads of a message that was taken back. */
  addUploaded(uploads: readonly UploadAnswer[]): void {
    this.chosen = [...this.chosen, ...uploads.map((uploaded) => this.known(uploaded))];
    this.keep();
  }

  remove(key: string): void {
    if (this.underway?.key === key) {
      const { request } = this.underway;
      this.underway = null;
      request.abort();
    }
    this.chosen = this.chosen.filter((one) => one.key !== key);
    this.keep();
    this.flush();
    this.options.onChange();
  }

  retry(key: string): void {
    this.change(key, { trouble: null });
    this.flush();
  }

  /** The gateway is there again. */
  reachable(): void {
    this.chosen = this.chosen.map((one) => (one.trouble === 'UNREACHABLE' ? { ...one, trouble: null } : one));
    this.flush();
  }

  /** Those of the message that leaves now. */
  take(): UploadAnswer[] {
    const uploads = this.chosen.flatMap(({ uploaded }) => uploaded ?? []);
    this.chosen = [];
    this.keep();
    return uploads;
  }

  /** Sends the next file, if there is one and a visitor whose it can be. */
  flush(): void {
    if (this.underway !== null) return;
    const next = this.chosen.find(
      ({ uploaded, trouble, file }) => uploaded === null && trouble === null && file !== null,
    );
    if (!next?.file) return;
    const token = this.options.token();
    if (token !== null) this.send(next.key, next.file, token);
  }

  private send(key: string, file: File, token: string): void {
    const { origin, site } = this.options;
    const request = new XMLHttpRequest();
    this.underway = { key, request };
    request.open('POST', `${origin}/widget/v1/uploads?${new URLSearchParams({ site }).toString()}`);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.timeout = WITHIN_MS;
    request.upload.onprogress = ({ loaded, total }) => {
      this.change(key, { progress: total > 0 ? loaded / total : 0 });
    };
    request.onloadend = () => {
      // Cancelled by the visitor.
      if (this.underway?.request !== request) return;
      this.underway = null;
      const answer = parsed(request.responseText);
      const [uploaded] = request.status === 201 ? readUploads([answer]) : [];
      if (uploaded === undefined) this.change(key, { progress: 0, trouble: readTrouble(answer) });
      else {
        if (file.type.startsWith('image/')) this.previews.set(uploaded.id, URL.createObjectURL(file));
        this.change(key, { uploaded });
        this.keep();
      }
      this.flush();
    };
    const form = new FormData();
    form.set('file', file);
    request.send(form);
  }

  private change(key: string, change: Partial<ChosenFile>): void {
    this.chosen = this.chosen.map((one) => (one.key === key ? { ...one, ...change } : one));
    this.options.onChange();
  }

  private keep(): void {
    const uploads = this.chosen.flatMap(({ uploaded }) => uploaded ?? []);
    this.storage.store(KEY, uploads.length === 0 ? null : JSON.stringify(uploads));
  }

  private known(uploaded: UploadAnswer): ChosenFile {
    const { filename: name, byteSize } = uploaded;
    return { key: this.newKey(), name, byteSize, file: null, progress: 1, uploaded, trouble: null };
  }

  private newKey(): string {
    this.count += 1;
    return String(this.count);
  }
}

/** Uploads as they were stored; anything that is none is passed over. */
export function readUploads(value: unknown): UploadAnswer[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    const { id, filename, contentType, byteSize } = (item ?? {}) as Record<string, unknown>;
    const fits = typeof id === 'string' && typeof filename === 'string' && typeof contentType === 'string';
    return fits && typeof byteSize === 'number' ? [{ id, filename, contentType, byteSize }] : [];
  });
}

const REFUSALS: FileTrouble[] = ['TOO_LARGE', 'EMPTY', 'TYPE_NOT_ALLOWED', 'TOO_MANY', 'STORAGE_UNAVAILABLE'];

function readTrouble(answer: unknown): FileTrouble {
  const { error } = (answer ?? {}) as Partial<UploadRefusal>;
  return REFUSALS.find((code) => code === error?.code) ?? 'UNREACHABLE';
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    // A proxy's own words, or what the host page's scripts put into the storage.
    return null;
  }
}
