export { SqliteStore, type StoreOptions } from './sqlite-store.ts';
export { textOf } from './frozen.ts';
