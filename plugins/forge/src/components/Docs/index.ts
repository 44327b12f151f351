export { DocsTab } from './DocsTab';
