import type { CreateSavedResponse, InputOf, OutputOf } from '@conversations/contracts';
import { Database, emitAll, isUniqueViolation } from '@conversations/persistence';
import { newId } from '@conversations/runtime';
import { Injectable } from '@nestjs/common';
import { Category } from '../category/category.entity';
import { CategoryNotFound, LimitReached, TitleTaken } from '../refusals';
import { takeTurn } from '../take-turn';
import { bodyOf, lineOf, MAX_TITLE } from '../typed-text';
import { SavedResponse } from './saved-response.entity';

const MAX_RESPONSES = 2_000;

/** An agent saves a response, in a category or outside of all. */
@Injectable()
export class CreateResponse {
  constructor(private readonly database: Database) {}

  async run({
    by,
    categoryId,
    ...typed
  }: InputOf<typeof CreateSavedResponse>): Promise<OutputOf<typeof CreateSavedResponse>> {
    const written = { title: lineOf(typed.title, 'title', MAX_TITLE), body: bodyOf(typed.body), categoryId };
    try {
      return await this.database.transaction(async (tx) => {
        await takeTurn(tx);
        if (categoryId !== null && !(await tx.existsBy(Category, { id: categoryId })))
          throw new CategoryNotFound('categoryId');
        if ((await tx.count(SavedResponse)) >= MAX_RESPONSES) throw new LimitReached('saved responses', MAX_RESPONSES);
        const response = SavedResponse.of(newId('rsp'), written, by);
        await tx.insert(SavedResponse, response);
        await emitAll(tx, [response.changed(by)]);
        return { savedResponse: response.snapshot() };
      });
    } catch (error) {
      throw isUniqueViolation(error, 'saved_response_title') ? new TitleTaken('title') : error;
    }
  }
}
