import { pluralIn } from '../plural';

const plural = pluralIn('en');

export const savedResponses = {
  title: 'Saved responses',
  search: 'Search saved responses',
  searchHere: 'Search',
  category: 'Category',
  allCategories: 'All categories',
  noCategory: 'No category',
  manage: 'Manage',
  loading: 'Loading saved responses',
  unavailable: 'Saved responses are not available at the moment.',
  tryAgain: 'Try again',
  empty: 'No saved responses yet',
  emptyHint: 'Texts that you send often, ready to insert into any reply.',
  noneFound: 'No saved response has these words.',
  found: (number: number) => plural(number, { one: '1 saved response', other: `${String(number)} saved responses` }),
  keys: '↑ ↓ choose · Enter inserts · Esc closes',

  // Management page.
  categories: 'Categories',
  all: 'All responses',
  responses: 'Responses',
  newResponse: 'New response',
  newCategory: 'New category',
  categoryName: 'Name of the category',
  create: 'Create',
  save: 'Save',
  rename: 'Rename',
  delete: 'Delete',
  moveUp: 'Move up',
  moveDown: 'Move down',
  drag: (name: string) => `Move ${name}`,
  moved: (name: string, position: number, count: number) => `${name} is now ${String(position)} of ${String(count)}`,
  categoryMenu: (name: string) => `Actions for ${name}`,
  categoryEmpty: 'No responses in this category',
  adminsOnly: 'Categories are changed by admins only.',
  viewersCannot: 'Your role is Viewer: you can read saved responses, not change them.',
  back: 'Back to the list',
  chooseOne: 'Choose a response to see and edit it',

  deleteCategory: (name: string) => `Delete the category ${name}?`,
  deleteEmptyCategory: 'It has no responses.',
  deleteFullCategory: (number: number) =>
    plural(number, {
      one: 'Its response moves to another category:',
      other: `Its ${String(number)} responses move to another category:`,
    }),
  moveTo: 'Move to',
  noOtherCategory: 'There is no other category. Create one first, or move or delete its responses.',
  deleteResponse: (title: string) => `Delete “${title}”?`,
  deleteResponseHint: 'It is deleted for all agents. Messages sent with it stay as they are.',
  deleted: (title: string) => `“${title}” is deleted`,

  // The form.
  titleField: 'Title',
  titleHint: 'For agents only; it is not sent.',
  bodyField: 'Text',
  bodyHint: 'Inserted on every channel. Tags such as {{contact.firstName|there}} are filled in for the person.',
  titleMissing: 'Give it a title.',
  bodyMissing: 'Write the text.',
  tooLong: (over: number) =>
    plural(over, { one: '1 character too many.', other: `${String(over)} characters too many.` }),
  charactersLeft: (left: number) => plural(left, { one: '1 character left', other: `${String(left)} characters left` }),
  updated: (when: string, name: string | null) => (name === null ? `Changed ${when}` : `Changed ${when} by ${name}`),
  saved: 'Saved',
  unsaved: 'Not saved',
  discard: 'Discard changes',
  leaveTitle: 'Leave without saving?',
  leave: 'Your changes to this response are not saved.',
  changedBehind: (name: string | null) =>
    name === null ? 'Somebody changed this response meanwhile.' : `${name} changed this response meanwhile.`,
  compare: 'Compare',
  deletedBehind: 'Somebody deleted this response meanwhile. What you wrote is still here.',
  saveAsNew: 'Save as a new response',

  // A stale edit.
  staleTitle: (name: string | null) =>
    name === null ? 'Somebody saved another version' : `${name} saved another version`,
  staleHint: 'Nothing is overwritten until you choose.',
  mine: 'Yours',
  theirs: 'Stored now',
  keepMine: 'Save mine',
  takeTheirs: 'Take theirs',
  editMine: 'Edit mine further',

  errors: {
    NAME_TAKEN: 'This name is taken.',
    NOT_FOUND: 'It does not exist any more.',
    CATEGORY_NOT_EMPTY: 'The category got responses meanwhile. Choose where they move.',
    STALE_VERSION: 'Somebody changed it meanwhile. Look again and repeat.',
    TOO_LONG: 'It is too long.',
    INVALID_INPUT: 'This cannot be saved. Check what you entered.',
    FORBIDDEN: 'Your role may not change this.',
    OFFLINE: 'No connection. Nothing was saved; try again.',
    UNAVAILABLE: 'Saved responses are not available at the moment. Nothing was saved; try again.',
    OTHER: 'It was not saved. Try again.',
  },
};
