import { useSyncExternalStore } from 'react';
import { onSavedResponsesChanged, request, RequestError } from '../data';
import {
  SavedResponseCategoriesDocument,
  type SavedCategoryRowFragment,
  type SavedResponseRowFragment,
  SavedResponsesPageDocument,
} from '../generated/documents';

export type SavedCategory = Pick<SavedCategoryRowFragment, 'id' | 'version' | 'name' | 'position'>;
export interface SavedResponse {
  id: string;
  version: number;
  title: string;
  body: string;
  categoryId: string | null;
  updatedAt: string;
  updatedBy: { id: string; displayName: string } | null;
}

/** As many are held and searched here; of more, the server searches. */
const MOST_HELD = 500;
const PAGE = 100;
/** Changes by others come in bursts: one load answers all of them. */
const GATHER_MS = 150;

export interface SavedResponsesView {
  /** `ready` also while it is loaded again, and when that failed: what is held stays on the screen. */
  state: 'loading' | 'ready' | 'failed';
  categories: readonly SavedCategory[];
  responses: readonly SavedResponse[];
  /** False: there are more than are held. */
  isComplete: boolean;
}

export function fromRow({ category, ...row }: SavedResponseRowFragment): SavedResponse {
  const { id, version, title, body, updatedAt, updatedBy } = row;
  return { id, version, title, body, updatedAt, updatedBy, categoryId: category?.id ?? null };
}

/** Pages until there are no more, or enough; a page may be shorter than asked for. */
async function loadAll(signal: AbortSignal): Promise<Pick<SavedResponsesView, 'responses' | 'isComplete'>> {
  const responses: SavedResponse[] = [];
  for (let after: string | null = null; ;) {
    const { savedResponses: page }: { savedResponses: Page | null } = await request(
      SavedResponsesPageDocument,
      { first: PAGE, after },
      { signal },
    );
    if (page === null) throw new RequestError('unavailable', undefined, 'saved-response');
    responses.push(...page.nodes.map(fromRow));
    if (!page.pageInfo.hasNextPage) return { responses, isComplete: true };
    if (responses.length >= MOST_HELD) return { responses, isComplete: false };
    after = page.pageInfo.endCursor;
  }
}
type Page = { nodes: SavedResponseRowFragment[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };

class SavedResponsesStore {
  private view: SavedResponsesView = { state: 'loading', categories: [], responses: [], isComplete: true };
  private readonly listeners = new Set<() => void>();
  private isCurrent = false;
  private hears = false;
  private loading: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly read = (): SavedResponsesView => this.view;

  /** Loads when somebody looks and what is held is not known to be current. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (!this.hears) {
      this.hears = true;
      onSavedResponsesChanged(() => {
        this.outdate();
      });
    }
    if (!this.isCurrent && this.loading === null) void this.load();
    return () => this.listeners.delete(listener);
  };

  readonly retry = (): void => {
    this.set({ state: this.view.state === 'failed' ? 'loading' : this.view.state });
    void this.load();
  };

  /** What the server answered to a change of this agent; the rest follows with the next load. */
  put(change: { category?: SavedCategory; response?: SavedResponse; deletedId?: string }): void {
    const { category, response, deletedId } = change;
    const without = <T extends { id: string }>(list: readonly T[]) => list.filter(({ id }) => id !== deletedId);
    const withOne = <T extends { id: string }>(list: readonly T[], one: T | undefined) =>
      one === undefined ? list : [...list.filter(({ id }) => id !== one.id), one];
    this.set({
      categories: withOne(without(this.view.categories), category).toSorted((a, b) => a.position - b.position),
      responses: withOne(without(this.view.responses), response),
    });
    this.outdate();
  }

  /** Shows the categories in another order before the server has answered. */
  reorder(ids: readonly string[]): void {
    const categories = ids.flatMap((id, position) => {
      const category = this.view.categories.find((one) => one.id === id);
      return category === undefined ? [] : [{ ...category, position }];
    });
    this.set({ categories });
  }

  /** What is held may be old: it is loaded again, soon. */
  refresh(): void {
    this.outdate();
  }

  /** A load that is under way may have read what was before the change: it counts no more. */
  private outdate(): void {
    this.isCurrent = false;
    this.loading?.abort();
    this.loading = null;
    clearTimeout(this.timer);
    if (this.listeners.size > 0) this.timer = setTimeout(() => void this.load(), GATHER_MS);
  }

  private async load(): Promise<void> {
    clearTimeout(this.timer);
    this.loading?.abort();
    const own = new AbortController();
    this.loading = own;
    try {
      const [{ savedResponseCategories }, { responses, isComplete }] = await Promise.all([
        request(SavedResponseCategoriesDocument, {}, { signal: own.signal }),
        loadAll(own.signal),
      ]);
      if (own.signal.aborted) return;
      if (savedResponseCategories === null) throw new RequestError('unavailable', undefined, 'saved-response');
      this.isCurrent = true;
      this.set({
        state: 'ready',
        categories: savedResponseCategories.toSorted((a, b) => a.position - b.position),
        responses,
        isComplete,
      });
    } catch (error) {
      if (own.signal.aborted) return;
      if (!(error instanceof RequestError)) throw error;
      if (this.view.state === 'loading') this.set({ state: 'failed' });
    } finally {
      if (this.loading === own) this.loading = null;
    }
  }

  private set(change: Partial<SavedResponsesView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }
}

/** One for the page: the picker and the management page show the same. */
export const savedResponsesStore = new SavedResponsesStore();

export const useSavedResponses = (): SavedResponsesView =>
  useSyncExternalStore(savedResponsesStore.subscribe, savedResponsesStore.read);
