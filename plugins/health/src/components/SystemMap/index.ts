export { SystemMapTab } from './SystemMapTab';
