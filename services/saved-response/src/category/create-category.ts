import type { CreateSavedResponseCategory, InputOf, OutputOf } from '@conversations/contracts';
import { Database, emitAll, isUniqueViolation } from '@conversations/persistence';
import { newId } from '@conversations/runtime';
import { Injectable } from '@nestjs/common';
import { CategoryNameTaken, LimitReached } from '../refusals';
import { takeTurn } from '../take-turn';
import { lineOf, MAX_NAME } from '../typed-text';
import { Category } from './category.entity';
import { makeRoom } from './make-room';
import { placeOf } from './place';

/** The database holds this limit too: positions go from 0 to 99. */
const MAX_CATEGORIES = 100;

/** A new category stands at the end, or at the place that was asked for. */
@Injectable()
export class CreateCategory {
  constructor(private readonly database: Database) {}

  async run({
    name: typed,
    position,
    by,
  }: InputOf<typeof CreateSavedResponseCategory>): Promise<OutputOf<typeof CreateSavedResponseCategory>> {
    const name = lineOf(typed, 'name', MAX_NAME);
    try {
      return await this.database.transaction(async (tx) => {
        await takeTurn(tx);
        const count = await tx.count(Category);
        if (count >= MAX_CATEGORIES) throw new LimitReached('categories', MAX_CATEGORIES);
        const place = placeOf(position ?? count, count);
        const category = Category.of(newId('cat'), name, place);
        await tx.insert(Category, category);
        const shifted = await makeRoom(tx, { from: place, to: count - 1, by: 1, except: category.id });
        await emitAll(
          tx,
          [category, ...shifted].map((changed) => changed.changed(by)),
        );
        return { category: category.snapshot() };
      });
    } catch (error) {
      throw isUniqueViolation(error, 'category_name') ? new CategoryNameTaken() : error;
    }
  }
}
