import type { DeleteSavedResponse, InputOf, OutputOf } from '@conversations/contracts';
import { Database, emitAll } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { SavedResponseNotFound, Stale } from '../refusals';
import { takeTurn } from '../take-turn';
import { SavedResponse } from './saved-response.entity';

/** An agent deletes a saved response; messages that were written with it stay as they are. */
@Injectable()
export class DeleteResponse {
  constructor(private readonly database: Database) {}

  run({ id, expectedVersion, by }: InputOf<typeof DeleteSavedResponse>): Promise<OutputOf<typeof DeleteSavedResponse>> {
    return this.database.transaction(async (tx) => {
      await takeTurn(tx);
      const response = await tx.findOneBy(SavedResponse, { id });
      if (!response) throw new SavedResponseNotFound();
      const { affected } = await tx.delete(SavedResponse, { id, version: expectedVersion });
      if (affected !== 1) throw new Stale({ savedResponse: response.snapshot() });
      await emitAll(tx, [response.deleted(by)]);
      return { deletedId: id };
    });
  }
}
