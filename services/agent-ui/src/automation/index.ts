export { AutomationPage as default } from './automation-page';
