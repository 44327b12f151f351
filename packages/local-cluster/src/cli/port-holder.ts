import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // no /proc on this system, or the process has ended meanwhile
  }
}

/** Inodes of the sockets that listen on a TCP port (proc(5): state 0A is LISTEN). */
function listeners(port: number): Set<string> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const lines = [
    ...read('/proc/net/tcp').split('\n'),
    ...read('/proc/net/tcp6').split('\n'),
  ];
  return new Set(
    lines
      .map(line => line.trim().split(/\s+/))
      .filter(
        ([, local, , state]) => state === '0A' && local?.endsWith(`:${hex}`),
      )
      .map(fields => `socket:[${fields[9]}]`),
  );
}

function holds(pid: string, sockets: Set<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some(fd => {
      try {
        return sockets.has(readlinkSync(`/proc/${pid}/fd/${fd}`));
      } catch {
        return false; // closed meanwhile
      }
    });
  } catch {
    return false; // another user's process
  }
}

/** Which process listens on a port, in words; undefined when that cannot be told. */
export function portHolder(port: number): string | undefined {
  const sockets = listeners(port);
  if (sockets.size === 0) return undefined;
  const pid = readdirSync('/proc')
    .filter(entry => /^\d+$/.test(entry))
    .find(entry => holds(entry, sockets));
  if (pid === undefined) return undefined;
  const command = read(`/proc/${pid}/cmdline`).split('\0').join(' ').trim();
  return `process ${pid} (${command.slice(0, 120)})`;
}
