export { reasonOf } from './reasonOf';
