export { SavedResponsesPage as default } from './saved-responses-page';
