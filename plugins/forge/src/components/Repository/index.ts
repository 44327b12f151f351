export { Repository, useRepository } from './Repository';
