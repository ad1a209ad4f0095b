export { DialogWindow } from './dialog-window';
export { ActionItem, ActionMenu, ActionSeparator } from './action-menu';
export { ChoiceSelect } from './choice-select';
