export { Commits } from './Commits';
