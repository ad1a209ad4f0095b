import type { SavedResponseCategorySnapshot, SavedResponseSnapshot } from '@conversations/contracts';
import { UserError } from '@conversations/contracts';

export class SavedResponseNotFound extends UserError {
  constructor() {
    super('NOT_FOUND', 'There is no such saved response; it may have been deleted.', { path: ['input', 'id'] });
  }
}

export class CategoryNotFound extends UserError {
  constructor(field: 'id' | 'categoryId' | 'moveTo') {
    super('NOT_FOUND', 'There is no such category; it may have been deleted.', { path: ['input', field] });
  }
}

export class TitleTaken extends UserError {
  constructor(field: 'title' | 'moveTo') {
    super('NAME_TAKEN', 'The category has a saved response of this title. Choose another title or category.', {
      path: ['input', field],
    });
  }
}

export class CategoryNameTaken extends UserError {
  constructor() {
    super('NAME_TAKEN', 'There is a category of this name. Choose another one.', { path: ['input', 'name'] });
  }
}

const CHANGED_MEANWHILE = 'Somebody changed it meanwhile. Look at what is stored now, then try again.';

/** The caller holds another version than the one that is stored. `savedResponse` or `category` is the stored one. */
export class Stale extends UserError {
  constructor(current: { savedResponse: SavedResponseSnapshot } | { category: SavedResponseCategorySnapshot }) {
    const { version } = 'category' in current ? current.category : current.savedResponse;
    super('STALE_VERSION', CHANGED_MEANWHILE, {
      path: ['input', 'expectedVersion'],
      details: { currentVersion: version, ...current },
    });
  }
}

export class LimitReached extends UserError {
  constructor(what: 'saved responses' | 'categories', most: number) {
    super('INVALID_INPUT', `There are ${most.toLocaleString('en')} ${what} already. Delete one first.`, {
      path: ['input'],
    });
  }
}
