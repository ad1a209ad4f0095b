import { createStore, entries, promisifyRequest } from 'idb-keyval';

/** `value` undefined: the key goes. */
export interface StorageChange {
  key: string;
  value: unknown;
}

/** What outlives the page: messages on their way and drafts, of one agent in this browser. */
export interface KeptStorage {
  readAll(): Promise<[string, unknown][]>;
  /** All of them or none. Resolves when they are durable. */
  write(changes: readonly StorageChange[]): Promise<void>;
}

/** One IndexedDB database for each agent: nobody sees or sends what another one typed. */
export function browserStorage(agentId: string): KeptStorage {
  const store = createStore(`conversations.${agentId}`, 'kept');
  return {
    readAll: () => entries<string, unknown>(store),
    write: (changes) =>
      store('readwrite', (objects) => {
        for (const { key, value } of changes) {
          if (value === undefined) objects.delete(key);
          else objects.put(value, key);
        }
        const done = promisifyRequest(objects.transaction);
        // A page that ends now would take an open transaction with it.
        objects.transaction.commit();
        return done;
      }),
  };
}

/** The same storage; `hear` learns after each use whether it works: a browser may block it, or its disk be full. */
export function watchStorage(storage: KeptStorage, hear: (works: boolean) => void): KeptStorage {
  async function watched<T>(use: () => Promise<T>): Promise<T> {
    try {
      const answer = await use();
      hear(true);
      return answer;
    } catch (error) {
      hear(false);
      throw error;
    }
  }
  return { readAll: () => watched(() => storage.readAll()), write: (changes) => watched(() => storage.write(changes)) };
}

/** For a browser that keeps nothing, and for tests: lasts as long as the page. */
export class MemoryStorage implements KeptStorage {
  private readonly kept = new Map<string, unknown>();

  async readAll(): Promise<[string, unknown][]> {
    return [...this.kept].map(([key, value]) => [key, structuredClone(value)]);
  }

  async write(changes: readonly StorageChange[]): Promise<void> {
    for (const { key, value } of changes) {
      if (value === undefined) this.kept.delete(key);
      else this.kept.set(key, structuredClone(value));
    }
  }
}
