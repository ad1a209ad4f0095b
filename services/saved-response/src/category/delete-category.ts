import type { DeleteSavedResponseCategory, InputOf, OutputOf } from '@conversations/contracts';
import { UserError } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import { Database, emitAll, isUniqueViolation } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { CategoryNotFound, Stale, TitleTaken } from '../refusals';
import { SavedResponse } from '../response/saved-response.entity';
import { takeTurn } from '../take-turn';
import { Category } from './category.entity';
import { makeRoom } from './make-room';

type Input = InputOf<typeof DeleteSavedResponseCategory>;
type Output = OutputOf<typeof DeleteSavedResponseCategory>;

class CategoryNotEmpty extends UserError {
  constructor() {
    super('CATEGORY_NOT_EMPTY', 'The category holds saved responses. Choose another one that takes them.', {
      path: ['input', 'moveTo'],
    });
  }
}

class MovesToItself extends UserError {
  constructor() {
    super('INVALID_INPUT', 'Choose a category that stays.', { path: ['input', 'moveTo'] });
  }
}

/** Deletes a category, after what it holds has moved to another one. */
@Injectable()
export class DeleteCategory {
  constructor(private readonly database: Database) {}

  async run(input: Input): Promise<Output> {
    if (input.moveTo === input.id) throw new MovesToItself();
    try {
      return await this.database.transaction((tx) => this.delete(tx, input));
    } catch (error) {
      throw isUniqueViolation(error, 'saved_response_title') ? new TitleTaken('moveTo') : error;
    }
  }

  private async delete(tx: Tx, { id, expectedVersion, moveTo, by }: Input): Promise<Output> {
    await takeTurn(tx);
    const category = await tx.findOneBy(Category, { id });
    if (!category) throw new CategoryNotFound('id');
    if (moveTo !== null && !(await tx.existsBy(Category, { id: moveTo }))) throw new CategoryNotFound('moveTo');
    // The deletion takes a version first, so that nothing is moved for somebody who saw another state.
    const { affected } = await tx.update(Category, { id, version: expectedVersion }, { version: expectedVersion + 1 });
    if (affected !== 1) throw new Stale({ category: category.snapshot() });
    category.version = expectedVersion + 1;

    const held = await tx.find(SavedResponse, { where: { categoryId: id }, order: { sortKey: 'ASC', id: 'ASC' } });
    if (held.length > 0 && moveTo === null) throw new CategoryNotEmpty();
    const moved = { categoryId: moveTo, updatedBy: by, updatedAt: new Date() };
    await tx.update(SavedResponse, { categoryId: id }, { ...moved, version: () => 'version + 1' });
    for (const response of held) Object.assign(response, moved, { version: response.version + 1 });
    await tx.delete(Category, { id });
    const last = (await tx.count(Category)) + 1;
    const shifted = await makeRoom(tx, { from: category.position + 1, to: last, by: -1, except: id });
    await emitAll(tx, [
      ...held.map((response) => response.changed(by)),
      category.deleted(by),
      ...shifted.map((other) => other.changed(by)),
    ]);
    return { deletedId: id };
  }
}
