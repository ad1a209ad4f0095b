import type { InputOf, OutputOf, UpdateSavedResponseCategory } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import { Database, emitAll, isUniqueViolation } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { CategoryNameTaken, CategoryNotFound, Stale } from '../refusals';
import { takeTurn } from '../take-turn';
import { caseless, lineOf, MAX_NAME } from '../typed-text';
import { Category } from './category.entity';
import { makeRoom } from './make-room';
import { placeOf } from './place';

type Input = InputOf<typeof UpdateSavedResponseCategory>;
type Output = OutputOf<typeof UpdateSavedResponseCategory>;

/** Renames or moves a category. What is the same already is no change: it takes no version and is not announced. */
@Injectable()
export class UpdateCategory {
  constructor(private readonly database: Database) {}

  async run(input: Input): Promise<Output> {
    const name = input.name === undefined ? undefined : lineOf(input.name, 'name', MAX_NAME);
    try {
      return await this.database.transaction((tx) => this.store(tx, { ...input, name }));
    } catch (error) {
      throw isUniqueViolation(error, 'category_name') ? new CategoryNameTaken() : error;
    }
  }

  private async store(tx: Tx, { id, expectedVersion, name, position, by }: Input): Promise<Output> {
    await takeTurn(tx);
    const category = await tx.findOneBy(Category, { id });
    if (!category) throw new CategoryNotFound('id');
    const before = category.snapshot();
    const count = await tx.count(Category);
    category.name = name ?? category.name;
    category.nameKey = caseless(category.name);
    category.position = position === undefined ? before.position : placeOf(position, count - 1);
    const isSame = category.name === before.name && category.position === before.position;
    if (isSame && before.version === expectedVersion) return { category: before };

    category.version = expectedVersion + 1;
    const { affected } = await tx.update(Category, { id, version: expectedVersion }, category);
    if (affected !== 1) throw new Stale({ category: before });
    const shifted =
      category.position < before.position
        ? await makeRoom(tx, { from: category.position, to: before.position - 1, by: 1, except: id })
        : await makeRoom(tx, { from: before.position + 1, to: category.position, by: -1, except: id });
    await emitAll(
      tx,
      [category, ...shifted].map((changed) => changed.changed(by)),
    );
    return { category: category.snapshot() };
  }
}
