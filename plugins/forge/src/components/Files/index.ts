export { File } from './File';
export { Files } from './Files';
