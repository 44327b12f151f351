import type { LogLevel, LogLineEntry } from './LogEntry';

/** A line as it is shown: what it says, how loud, and the fields of a JSON log. */
export interface ReadLine {
  message: string;
  level?: LogLevel;
  fields: [name: string, value: string][];
}

const messageKeys = ['msg', 'message', 'event', 'log'];
const levelKeys = ['level', 'severity', 'lvl'];
/** Shown in a column of its own already. */
const timeKeys = ['time', 'timestamp', 'ts', '@timestamp'];

const levelWords: Record<string, LogLevel> = {
  trace: 'trace',
  debug: 'debug',
  info: 'info',
  notice: 'info',
  warn: 'warn',
  warning: 'warn',
  error: 'error',
  err: 'error',
  fatal: 'error',
  critical: 'error',
  panic: 'error',
};

// eslint-disable-next-line no-control-regex -- terminal colours begin with ESC
const terminalColours = /\u001b\[[0-9;]*m/g;
const levelInText =
  /\b(trace|debug|info|notice|warn|warning|error|fatal|critical|panic)\b/i;

const alreadyRead = new WeakMap<LogLineEntry, ReadLine>();

/** Reads a line once; filters and rows then share what was found. */
export function readLine(entry: LogLineEntry): ReadLine {
  const known = alreadyRead.get(entry);
  if (known) {
    return known;
  }
  const text = entry.text.replace(terminalColours, '');
  const read = readJson(text) ?? {
    message: text,
    level: levelOfWord(levelInText.exec(text.slice(0, 80))?.[1]),
    fields: [],
  };
  const line = { ...read, level: entry.level ?? read.level };
  alreadyRead.set(entry, line);
  return line;
}

function readJson(text: string): ReadLine | undefined {
  if (!text.startsWith('{')) {
    return undefined;
  }
  const record = parseObject(text);
  if (!record) {
    return undefined;
  }
  const messageKey = messageKeys.find(key => typeof record[key] === 'string');
  const levelKey = levelKeys.find(key => record[key] !== undefined);
  return {
    message: messageKey ? String(record[messageKey]) : text,
    level: levelKey ? levelOf(record[levelKey]) : undefined,
    fields: Object.entries(record)
      .filter(
        ([key]) =>
          key !== messageKey && key !== levelKey && !timeKeys.includes(key),
      )
      .map(([key, value]) => [
        key,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
  };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value))
      : undefined;
  } catch {
    // Not JSON after all: the line is shown as it is.
    return undefined;
  }
}

function levelOf(value: unknown): LogLevel | undefined {
  // Numbers are those of pino and bunyan: 10 trace ... 50 error, 60 fatal.
  if (typeof value === 'number') {
    const steps: LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error'];
    return steps[Math.min(4, Math.max(0, Math.floor(value / 10) - 1))];
  }
  return typeof value === 'string' ? levelOfWord(value) : undefined;
}

function levelOfWord(word: string | undefined): LogLevel | undefined {
  return word === undefined ? undefined : levelWords[word.toLowerCase()];
}
