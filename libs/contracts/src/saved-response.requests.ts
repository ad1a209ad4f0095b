import { z } from 'zod';
import { Actor, AgentId } from './conversation';
import { defineRequest } from './define';
import {
  SavedResponseCategoryId,
  SavedResponseCategorySnapshot,
  SavedResponseId,
  SavedResponseSnapshot,
} from './saved-response';

const ask = <I extends z.ZodType, O extends z.ZodType>(verb: string, shape: { summary: string; input: I; output: O }) =>
  defineRequest('saved-response', verb, shape);

/** Most saved responses, and most pages of them, that one request may name: as many of the longest fit into one answer. */
export const MAX_SAVED_RESPONSES = 10;

const by = Actor.extend({ kind: z.literal('agent'), id: AgentId });
const expectedVersion = z.number().int();
const savedResponseOutput = z.object({ savedResponse: SavedResponseSnapshot });
const categoryOutput = z.object({ category: SavedResponseCategorySnapshot });

// Texts are looked at by the service alone, which names the field and the rule to the person who typed them.

export const ListSavedResponseCategories = ask('list-categories.v1', {
  summary: 'All categories in the order in which they are shown.',
  input: z.object({}),
  output: z.object({ items: z.array(SavedResponseCategorySnapshot) }),
});

export const ListSavedResponses = ask('list-saved-responses.v1', {
  summary:
    'Pages of saved responses, by title; with a search, those whose title matches first. A page may be shorter than asked for.',
  input: z.object({
    pages: z
      .array(
        z.object({
          /** Beginnings of words, in any case and with or without accents. */
          search: z.string().min(1).max(200).nullable(),
          categoryId: SavedResponseCategoryId.nullable(),
          first: z.number().int().min(1).max(100),
          after: z.string().max(1_000).nullable(),
        }),
      )
      .min(1)
      .max(MAX_SAVED_RESPONSES),
  }),
  output: z.object({
    pages: z.array(
      z.object({
        items: z.array(z.object({ cursor: z.string(), savedResponse: SavedResponseSnapshot })),
        hasNextPage: z.boolean(),
      }),
    ),
  }),
});

export const GetSavedResponses = ask('get-saved-responses.v1', {
  summary: 'Saved responses by id, in the order asked; null for an unknown one.',
  input: z.object({ ids: z.array(SavedResponseId).min(1).max(MAX_SAVED_RESPONSES) }),
  output: z.object({ items: z.array(SavedResponseSnapshot.nullable()) }),
});

export const CreateSavedResponse = ask('create-saved-response.v1', {
  summary: 'Stores a saved response. NAME_TAKEN when its category has one of that title.',
  input: z.object({
    title: z.string(),
    body: z.string(),
    categoryId: SavedResponseCategoryId.nullable(),
    by,
  }),
  output: savedResponseOutput,
});

export const UpdateSavedResponse = ask('update-saved-response.v1', {
  summary: 'Changes what is given of a saved response. STALE_VERSION when it has another version than expected.',
  input: z.object({
    id: SavedResponseId,
    expectedVersion,
    title: z.string().optional(),
    body: z.string().optional(),
    /** Null takes it out of its category; absent leaves it there. */
    categoryId: SavedResponseCategoryId.nullable().optional(),
    by,
  }),
  output: savedResponseOutput,
});

export const DeleteSavedResponse = ask('delete-saved-response.v1', {
  summary: 'Deletes a saved response. STALE_VERSION when it has another version than expected.',
  input: z.object({ id: SavedResponseId, expectedVersion, by }),
  output: z.object({ deletedId: SavedResponseId }),
});

export const CreateSavedResponseCategory = ask('create-category.v1', {
  summary: 'Makes a category, at a position or at the end. NAME_TAKEN when there is one of that name.',
  input: z.object({ name: z.string(), position: z.number().int().nullable(), by }),
  output: categoryOutput,
});

export const UpdateSavedResponseCategory = ask('update-category.v1', {
  summary:
    'Renames or moves a category; the others make room. STALE_VERSION when it has another version than expected.',
  input: z.object({
    id: SavedResponseCategoryId,
    expectedVersion,
    name: z.string().optional(),
    position: z.number().int().optional(),
    by,
  }),
  output: categoryOutput,
});

export const DeleteSavedResponseCategory = ask('delete-category.v1', {
  summary:
    'Deletes a category. CATEGORY_NOT_EMPTY when it holds saved responses and no other is named that takes them.',
  input: z.object({
    id: SavedResponseCategoryId,
    expectedVersion,
    moveTo: SavedResponseCategoryId.nullable(),
    by,
  }),
  output: z.object({ deletedId: SavedResponseCategoryId }),
});
