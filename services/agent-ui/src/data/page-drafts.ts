import { WRITE_MS } from './drafts';
import type { KeptStorage } from './kept-storage';
import { Observed } from './observed';
import { Paced } from './paced';

const PREFIX = 'page/';

/** What is being edited on pages other than the inbox, one value for each page. It survives reloads in this browser. */
export class PageDrafts {
  /** Null: not read yet; undefined: there is none. */
  private readonly drafts = new Map<string, Observed<unknown>>();
  private readonly unwritten = new Set<string>();
  private isLoaded = false;
  private readonly writing = new Paced(() => void this.flush(), WRITE_MS);

  constructor(private readonly storage: KeptStorage) {}

  /** What storage holds. Anything changed before it was read stays. */
  load(kept: readonly (readonly [string, unknown])[]): void {
    this.isLoaded = true;
    const found = new Map(kept);
    for (const [page, draft] of this.drafts) if (draft.get() === null) draft.set(found.get(PREFIX + page));
    for (const [key, value] of found) {
      const page = key.slice(PREFIX.length);
      if (key.startsWith(PREFIX) && !this.drafts.has(page)) this.drafts.set(page, new Observed(value));
    }
  }

  of(page: string): Observed<unknown> {
    const known = this.drafts.get(page);
    if (known !== undefined) return known;
    const draft = new Observed<unknown>(this.isLoaded ? undefined : null);
    this.drafts.set(page, draft);
    return draft;
  }

  change(page: string, value: unknown): void {
    this.of(page).set(value);
    this.unwritten.add(page);
    this.writing.ask();
  }

  /** Writes at once what is not written yet. */
  async flush(): Promise<void> {
    const pages = [...this.unwritten];
    this.unwritten.clear();
    if (pages.length === 0) return;
    try {
      await this.storage.write(pages.map((page) => ({ key: PREFIX + page, value: this.of(page).get() ?? undefined })));
    } catch {
      // Full or blocked storage: it stays on the page, and every further change tries again.
      for (const page of pages) this.unwritten.add(page);
    }
  }

  stop(): void {
    this.writing.stop();
    void this.flush();
  }
}
