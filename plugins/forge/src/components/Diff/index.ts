export { Diff } from './Diff';
