import type { NackCode, UploadAnswer } from '@conversations/contracts';
import { readFilled, type FilledForm } from './form';
import { readUploads } from './uploads';

/** A message, or the answer to a form, that the gateway has not acknowledged. */
export interface Unsent {
  clientId: string;
  /** Empty for a form. */
  text: string;
  form?: FilledForm;
  attachments: readonly UploadAnswer[];
  /** Milliseconds since 1970; orders the messages of all tabs. */
  at: number;
  /** Why it was refused for good; only its author can change that. `files`: one of them cannot be sent (any more). */
  refused?: Extract<NackCode, 'too_long' | 'invalid'> | 'files';
  /** Which field of the form the refusal is about. */
  field?: string;
}

/** Where unsent messages live: the host page's storage, one key for each, so that two tabs never overwrite each other. */
interface OutboxStore {
  store(key: string, value: string | null): void;
}

const PREFIX = 'unsent.';

/** A message that another tab wrote is left to that tab for so long; then this tab sends it (its id makes twice harmless). */
const OTHER_TAB_MS = 5_000;

export class Outbox {
  private readonly unsent = new Map<string, Unsent>();
  private readonly ofOtherTabs = new Set<string>();
  private latest = 0;

  /** @param stored what the storage held when the page was loaded */
  constructor(
    private readonly storage: OutboxStore,
    stored: Readonly<Record<string, string>>,
  ) {
    for (const [key, value] of Object.entries(stored)) this.take(key, value);
  }

  /** Oldest first. */
  entries(): Unsent[] {
    return [...this.unsent.values()].sort((a, b) => a.at - b.at || (a.clientId < b.clientId ? -1 : 1));
  }

  add(text: string, now: number = Date.now(), attachments: readonly UploadAnswer[] = []): Unsent {
    return this.keep({ text, attachments }, now);
  }

  /** In the place of what was answered to this form and is not stored: a corrected answer is a new one. */
  addForm(form: FilledForm, now: number = Date.now()): Unsent {
    for (const { clientId } of this.answersTo(form.formId)) this.remove(clientId);
    return this.keep({ text: '', attachments: [], form }, now);
  }

  /** What was answered to a form and is not stored, newest last. */
  answersTo(formId: string): Unsent[] {
    return this.entries().filter((entry) => entry.form?.formId === formId);
  }

  /** Who asked them is gone: nobody else is to be told. */
  removeForms(): void {
    for (const { clientId, form } of this.entries()) if (form !== undefined) this.remove(clientId);
  }

  /** The message whose turn it is, and the milliseconds to leave it to the tab that wrote it. */
  next(now: number = Date.now()): { entry: Unsent; inMs: number } | null {
    const entry = this.entries().find((candidate) => candidate.refused === undefined);
    if (entry === undefined) return null;
    return { entry, inMs: this.ofOtherTabs.has(entry.clientId) ? Math.max(0, entry.at + OTHER_TAB_MS - now) : 0 };
  }

  /** Stored by the gateway, or given up by its author. */
  remove(clientId: string): Unsent | null {
    const entry = this.unsent.get(clientId);
    if (entry === undefined) return null;
    this.forget(clientId);
    this.storage.store(PREFIX + clientId, null);
    return entry;
  }

  refuse(clientId: string, refused: Unsent['refused'], field?: string): void {
    const entry = this.unsent.get(clientId);
    if (entry === undefined) return;
    const changed = { ...entry, refused, field };
    this.unsent.set(clientId, changed);
    this.storage.store(PREFIX + clientId, JSON.stringify(changed));
  }

  /** What another tab stored or removed. */
  absorb(key: string, value: string | null): void {
    if (!key.startsWith(PREFIX)) return;
    const clientId = key.slice(PREFIX.length);
    if (value === null) this.forget(clientId);
    else if (this.unsent.has(clientId)) this.take(key, value);
    else if (this.take(key, value)) this.ofOtherTabs.add(clientId);
  }

  private keep(content: Pick<Unsent, 'text' | 'attachments' | 'form'>, now: number): Unsent {
    this.latest = Math.max(now, this.latest + 1);
    const entry: Unsent = { clientId: newClientId(), ...content, at: this.latest };
    this.unsent.set(entry.clientId, entry);
    this.storage.store(PREFIX + entry.clientId, JSON.stringify(entry));
    return entry;
  }

  private forget(clientId: string): void {
    this.unsent.delete(clientId);
    this.ofOtherTabs.delete(clientId);
  }

  private take(key: string, value: string): boolean {
    const entry = key.startsWith(PREFIX) ? readUnsent(value) : null;
    if (entry === null || PREFIX + entry.clientId !== key) return false;
    this.unsent.set(entry.clientId, entry);
    this.latest = Math.max(this.latest, entry.at);
    return true;
  }
}

/** The host page's scripts can write into its storage too: anything that is not ours is passed over. */
function readUnsent(value: string): Unsent | null {
  let entry: unknown;
  try {
    entry = JSON.parse(value);
  } catch {
    return null;
  }
  if (typeof entry !== 'object' || entry === null) return null;
  const { clientId, text, at, refused, field, attachments, form } = entry as Record<string, unknown>;
  if (typeof clientId !== 'string' || typeof text !== 'string' || typeof at !== 'number') return null;
  const filled = form === undefined ? undefined : readFilled(form);
  if (filled === null) return null;
  const isRefused = refused === 'too_long' || refused === 'invalid' || refused === 'files';
  return {
    ...{ clientId, text, attachments: readUploads(attachments), at },
    ...(filled === undefined ? {} : { form: filled }),
    ...(isRefused ? { refused } : {}),
    ...(typeof field === 'string' ? { field } : {}),
  };
}

/** UUID v4. `crypto.randomUUID` is missing on pages without TLS. */
function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, index) => {
    if (index === 6) return ((byte & 0x0f) | 0x40).toString(16).padStart(2, '0');
    if (index === 8) return ((byte & 0x3f) | 0x80).toString(16).padStart(2, '0');
    return byte.toString(16).padStart(2, '0');
  }).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
