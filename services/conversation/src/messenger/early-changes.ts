import type { Tx } from '@conversations/persistence';
import type { TimedChange } from './messenger-state';
import { keptChanges } from './messenger-state';

/** Changes of messages that have not come yet, by the key of their message. They are applied when it comes, and forgotten. */
export class EarlyChanges {
  private readonly changed = new Set<string>();

  private constructor(private readonly known: Map<string, TimedChange[]>) {}

  static async load(tx: Tx, targetKeys: readonly string[]): Promise<EarlyChanges> {
    if (targetKeys.length === 0) return new EarlyChanges(new Map());
    const rows: { targetKey: string; changes: TimedChange[] }[] = await tx.query(
      'SELECT target_key AS "targetKey", changes FROM messenger_early_change WHERE target_key = ANY($1)',
      [targetKeys],
    );
    return new EarlyChanges(new Map(rows.map(({ targetKey, changes }) => [targetKey, changes])));
  }

  keep(targetKey: string, change: TimedChange): void {
    this.known.set(targetKey, keptChanges(this.known.get(targetKey) ?? [], change));
    this.changed.add(targetKey);
  }

  take(targetKey: string): TimedChange[] {
    const changes = this.known.get(targetKey) ?? [];
    if (changes.length > 0) {
      this.known.set(targetKey, []);
      this.changed.add(targetKey);
    }
    return changes;
  }

  async store(tx: Tx): Promise<void> {
    if (this.changed.size === 0) return;
    const keys = [...this.changed].sort();
    await tx.query(
      `INSERT INTO messenger_early_change (target_key, changes) SELECT * FROM unnest($1::text[], $2::jsonb[])
       ON CONFLICT (target_key) DO UPDATE SET changes = excluded.changes`,
      [keys, keys.map((key) => JSON.stringify(this.known.get(key) ?? []))],
    );
  }
}
