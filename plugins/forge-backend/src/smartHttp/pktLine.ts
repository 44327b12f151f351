import { once } from 'node:events';
import { Readable } from 'node:stream';
import { InputError } from '@backstage/errors';

/** gitprotocol-common(5): four hexadecimal digits of length, themselves included, then the line. */
export function pktLine(line: string | Buffer): Buffer {
  const content = Buffer.from(line);
  const length = (content.length + 4).toString(16).padStart(4, '0');
  return Buffer.concat([Buffer.from(length), content]);
}

export const FLUSH = Buffer.from('0000');

export interface RefCommand {
  before: string;
  after: string;
  ref: string;
}

export interface PushCommands {
  commands: RefCommand[];
  capabilities: string[];
}

const MAX_COMMAND_BYTES = 512 * 1024;

interface PktLines {
  lines: string[];
  /** Where the next thing begins, behind the flush. */
  end: number;
}

/** Lines up to the first flush; `undefined` while it has not arrived. */
function readPktLines(buffer: Buffer): PktLines | undefined {
  const lines: string[] = [];
  let at = 0;
  while (at + 4 <= buffer.length) {
    const digits = buffer.toString('latin1', at, at + 4);
    if (!/^[0-9a-f]{4}$/i.test(digits)) {
      throw new InputError('The request is not of the git protocol');
    }
    const length = parseInt(digits, 16);
    if (length === 0) return { lines, end: at + 4 };
    if (length < 4) {
      throw new InputError('The request is not of the git protocol');
    }
    if (at + length > buffer.length) return undefined;
    lines.push(buffer.toString('utf8', at + 4, at + length));
    at += length;
  }
  return undefined;
}

function parseCommands(lines: string[]): PushCommands {
  const [first = ''] = lines;
  const capabilities = (first.split('\0')[1] ?? '').trim().split(' ');
  const commands = lines.flatMap(line => {
    const [text] = line.split('\0');
    const match = /^([0-9a-f]{40}) ([0-9a-f]{40}) ([^\n]+)\n?$/.exec(text);
    return match ? [{ before: match[1], after: match[2], ref: match[3] }] : [];
  });
  return { commands, capabilities };
}

/**
 * Reads which refs a push wants to move, from the beginning of what the client sends; what was read is put back, so
 * that git gets the stream whole.
 *
 * @throws InputError when it does not begin as the protocol says, or has more than 512 KiB of commands
 */
export async function readPushCommands(
  stream: Readable,
): Promise<PushCommands> {
  let buffer = Buffer.alloc(0);
  for (;;) {
    const chunk: Buffer | null = stream.read();
    if (chunk) {
      buffer = Buffer.concat([buffer, chunk]);
      const found = readPktLines(buffer);
      if (found) {
        stream.unshift(buffer);
        return parseCommands(found.lines);
      }
      if (buffer.length > MAX_COMMAND_BYTES) {
        throw new InputError('The push names too many refs at once');
      }
    } else if (stream.readableEnded) {
      throw new InputError('The request ended before it said what to push');
    } else {
      await readableOrEnd(stream);
    }
  }
}

async function readableOrEnd(stream: Readable): Promise<void> {
  const done = new AbortController();
  const { signal } = done;
  try {
    await Promise.race([
      once(stream, 'readable', { signal }),
      once(stream, 'end', { signal }),
    ]);
  } finally {
    done.abort();
  }
}

/** The answer to a push that refuses every ref for a reason that git shows beside it. */
export function refusePush(
  { commands, capabilities }: PushCommands,
  reason: string,
): Buffer {
  const report = Buffer.concat([
    pktLine('unpack ok\n'),
    ...commands.map(({ ref }) => pktLine(`ng ${ref} ${reason}\n`)),
    FLUSH,
  ]);
  if (!capabilities.includes('side-band-64k')) return report;
  return Buffer.concat([
    pktLine(Buffer.concat([Buffer.from([1]), report])),
    FLUSH,
  ]);
}

/** Advertisement that git shows as `fatal: remote error: <message>`. */
export function refuseService(service: string, message: string): Buffer {
  return Buffer.concat([
    pktLine(`# service=${service}\n`),
    FLUSH,
    pktLine(`ERR ${message}\n`),
  ]);
}
