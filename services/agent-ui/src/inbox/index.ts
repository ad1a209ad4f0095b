export { InboxPane } from './inbox-pane';
