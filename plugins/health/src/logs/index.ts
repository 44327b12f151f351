export type { LogStreamState } from './LogStream';
export { useLogStream } from './useLogStream';
