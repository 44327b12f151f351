export { CommitRef } from './CommitRef';
export type { CommitRefProps } from './CommitRef';
