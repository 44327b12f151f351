export { Author, History } from './History';
