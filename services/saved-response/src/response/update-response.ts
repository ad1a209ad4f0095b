import type { InputOf, OutputOf, UpdateSavedResponse } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import { Database, emitAll, isUniqueViolation } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { Category } from '../category/category.entity';
import { CategoryNotFound, SavedResponseNotFound, Stale, TitleTaken } from '../refusals';
import { takeTurn } from '../take-turn';
import { bodyOf, lineOf, MAX_TITLE } from '../typed-text';
import { SavedResponse, type Written } from './saved-response.entity';

type Input = InputOf<typeof UpdateSavedResponse>;
type Output = OutputOf<typeof UpdateSavedResponse>;

/** Changes what is given of a saved response. What is the same already is no change: it takes no version and is not announced. */
@Injectable()
export class UpdateResponse {
  constructor(private readonly database: Database) {}

  async run(input: Input): Promise<Output> {
    const given: Partial<Written> = {
      ...(input.title === undefined ? {} : { title: lineOf(input.title, 'title', MAX_TITLE) }),
      ...(input.body === undefined ? {} : { body: bodyOf(input.body) }),
      ...(input.categoryId === undefined ? {} : { categoryId: input.categoryId }),
    };
    try {
      return await this.database.transaction((tx) => this.store(tx, input, given));
    } catch (error) {
      throw isUniqueViolation(error, 'saved_response_title') ? new TitleTaken('title') : error;
    }
  }

  private async store(tx: Tx, { id, expectedVersion, by }: Input, given: Partial<Written>): Promise<Output> {
    await takeTurn(tx);
    const response = await tx.findOneBy(SavedResponse, { id });
    if (!response) throw new SavedResponseNotFound();
    const before = response.snapshot();
    const written = { title: before.title, body: before.body, categoryId: before.categoryId, ...given };
    const isSame =
      written.title === before.title && written.body === before.body && written.categoryId === before.categoryId;
    if (isSame && before.version === expectedVersion) return { savedResponse: before };

    if (given.categoryId != null && !(await tx.existsBy(Category, { id: given.categoryId })))
      throw new CategoryNotFound('categoryId');
    response.write(written, by);
    response.version = expectedVersion + 1;
    const { affected } = await tx.update(SavedResponse, { id, version: expectedVersion }, response);
    if (affected !== 1) throw new Stale({ savedResponse: before });
    await emitAll(tx, [response.changed(by)]);
    return { savedResponse: response.snapshot() };
  }
}
