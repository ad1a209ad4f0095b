import { z } from 'zod';
import { Actor, Timestamp } from './conversation';

export const SavedResponseId = z.string().regex(/^rsp_[0-9a-z]{16,40}$/);
export const SavedResponseCategoryId = z.string().regex(/^cat_[0-9a-z]{16,40}$/);

export const SavedResponseSnapshot = z.object({
  id: SavedResponseId,
  /** Grows by one with every event of the saved response; the event's `sequence`. */
  version: z.number().int().positive(),
  /** One line, 1 to 120 characters; no other of its category has it in any case. */
  title: z.string(),
  /** Inserted as it is; 1 to 10,000 characters. */
  body: z.string(),
  categoryId: SavedResponseCategoryId.nullable(),
  /** Who changed it last; the name is that at the time. */
  updatedBy: Actor,
  updatedAt: Timestamp,
});
export type SavedResponseSnapshot = z.output<typeof SavedResponseSnapshot>;

export const SavedResponseCategorySnapshot = z.object({
  id: SavedResponseCategoryId,
  /** Grows by one with every event of the category, also when another one's move shifts it; the event's `sequence`. */
  version: z.number().int().positive(),
  /** One line, 1 to 80 characters; no other category has it in any case. */
  name: z.string(),
  /** 0, 1, 2 … in the order in which categories are shown, no gaps. */
  position: z.number().int().nonnegative(),
});
export type SavedResponseCategorySnapshot = z.output<typeof SavedResponseCategorySnapshot>;
