import { portHolder } from './port-holder.ts';

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? error.code : undefined;

/** Why the cluster did not start, and what to do about it. */
export function explain(
  error: unknown,
  { port, dataDir }: { port: number; dataDir: string },
): string {
  switch (codeOf(error)) {
    case 'EADDRINUSE': {
      const holder = portHolder(port) ?? 'another process';
      return `Port ${port} is taken by ${holder}. Stop it, or choose another port with --port.`;
    }
    case 'EACCES':
    case 'EPERM':
      return `No permission: ${
        error instanceof Error ? error.message : error
      }. Choose a folder you may write with --data, and a port of 1024 or above with --port.`;
    case 'ENOSPC':
      return `The disk that holds ${dataDir} is full. Free some space, or choose another folder with --data.`;
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
      return `${dataDir} cannot be used as the data folder: ${
        error instanceof Error ? error.message : error
      }. Choose another with --data.`;
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
