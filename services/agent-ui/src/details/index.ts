export { DetailsPane } from './details-pane';
