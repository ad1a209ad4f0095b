import type { Tx } from '@conversations/persistence';
import { Between, Not } from 'typeorm';
import { Category } from './category.entity';

/**
 * Shifts the categories from position `from` to `to`, but for one, by one place up or down; each takes a new version, because
 * screens tell by it which of two copies is newer. Resolves with the shifted ones as they are now.
 */
export async function makeRoom(
  tx: Tx,
  { from, to, by, except }: { from: number; to: number; by: 1 | -1; except: string },
): Promise<Category[]> {
  if (from > to) return [];
  const shifted = await tx.find(Category, {
    where: { id: Not(except), position: Between(from, to) },
    order: { position: 'ASC' },
  });
  for (const category of shifted) {
    category.position += by;
    category.version += 1;
  }
  await tx.query(
    `UPDATE category SET position = k.position, version = k.version
     FROM unnest($1::text[], $2::int[], $3::int[]) AS k (id, position, version) WHERE category.id = k.id`,
    [shifted.map(({ id }) => id), shifted.map(({ position }) => position), shifted.map(({ version }) => version)],
  );
  return shifted;
}
