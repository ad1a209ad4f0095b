import { z } from 'zod';
import { defineEvent } from './define';
import { exampleStamp } from './examples';
import { SavedResponseCategorySnapshot, SavedResponseSnapshot } from './saved-response';

const withSavedResponse = z.object({ savedResponse: SavedResponseSnapshot });
const withCategory = z.object({ category: SavedResponseCategorySnapshot });

const exampleCategory = {
  id: 'cat_019329a0c4ba7cc0a1b2c3d4e5f60718',
  version: 1,
  name: 'Delivery',
  position: 0,
};

const exampleSavedResponse = {
  id: 'rsp_019329a0c4bb7cc0a1b2c3d4e5f60718',
  version: 2,
  title: 'Tracking link',
  body: 'Your parcel has left our warehouse. You can follow it with the link in the confirmation mail.',
  categoryId: exampleCategory.id,
  updatedBy: exampleStamp.by,
  updatedAt: exampleStamp.at,
};

export const SavedResponseChanged = defineEvent('saved-response.changed.v1', withSavedResponse, {
  summary: 'A saved response was made or changed; it stands as it is from this version on.',
  example: { savedResponse: exampleSavedResponse },
});

/** The version is the one that the deletion took, so that it is higher than that of every change before. */
export const SavedResponseDeleted = defineEvent('saved-response.deleted.v1', withSavedResponse, {
  summary: 'A saved response was deleted; the snapshot is the last one, at the version that the deletion took.',
  example: { savedResponse: { ...exampleSavedResponse, version: 3 } },
});

export const SavedResponseCategoryChanged = defineEvent('saved-response-category.changed.v1', withCategory, {
  summary: 'A category of saved responses was made, renamed or moved, or the move of another one shifted it.',
  example: { category: exampleCategory },
});

export const SavedResponseCategoryDeleted = defineEvent('saved-response-category.deleted.v1', withCategory, {
  summary:
    'A category of saved responses was deleted, after what it held was moved; the snapshot is the last one, at the version that the deletion took.',
  example: { category: { ...exampleCategory, version: 2 } },
});
