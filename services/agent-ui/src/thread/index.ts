export { ThreadPane } from './thread-pane';
