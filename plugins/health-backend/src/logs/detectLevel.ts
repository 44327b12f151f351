import type { LogLevel } from '@ghostlight/plugin-health-common';

/** Words for levels, as log libraries and databases write them. */
const WORDS: Record<string, LogLevel> = {
  trace: 'trace',
  verbose: 'debug',
  debug: 'debug',
  info: 'info',
  information: 'info',
  informational: 'info',
  notice: 'info',
  warn: 'warn',
  warning: 'warn',
  error: 'error',
  err: 'error',
  severe: 'error',
  fatal: 'fatal',
  critical: 'fatal',
  crit: 'fatal',
  panic: 'fatal',
  alert: 'fatal',
  emerg: 'fatal',
  emergency: 'fatal',
};

const WORD = Object.keys(WORDS).join('|');
/** Fields in which JSON loggers write the level: pino, winston, bunyan, zap, logback, OpenTelemetry, GCP. */
const JSON_LEVEL =
  /"(?:level|severity|lvl|log\.level|severity_text|levelname)"\s*:\s*(?:"([A-Za-z]+)"|(\d{1,3}))/i;
const KEY_VALUE = new RegExp(
  `\\b(?:level|lvl|severity)=["']?(${WORD})\\b`,
  'i',
);
/** `[WARN]`, `ERROR:`, `2026-01-01T00:00:00Z INFO `: near the beginning, in capitals or marked. */
const MARKED = new RegExp(
  `^.{0,60}?(?:[\\[(<](${WORD})[\\])>]|\\b(${WORD.toUpperCase()})\\b|^(${WORD}):)`,
);
const MARKED_ANY_CASE = new RegExp(`^.{0,60}?[\\[(<](${WORD})[\\])>]`, 'i');
/** klog: `E0102 15:04:05.000000`. */
const KLOG = /^([IWEF])\d{4} \d\d:\d\d:\d\d/;
const KLOG_LEVELS: Record<string, LogLevel> = {
  I: 'info',
  W: 'warn',
  E: 'error',
  F: 'fatal',
};
/** Only the beginning is looked at: levels stand there, and lines may be long. */
const LOOK_AT = 2_000;

/** The level of a line where it says one; undefined rather than a guess. */
export function detectLevel(line: string): LogLevel | undefined {
  const text = line.slice(0, LOOK_AT);
  if (text.startsWith('{')) {
    const found = JSON_LEVEL.exec(text);
    if (found) {
      return found[2] === undefined
        ? WORDS[found[1].toLowerCase()]
        : fromNumber(Number(found[2]));
    }
    return undefined;
  }
  const klog = KLOG.exec(text);
  if (klog) {
    return KLOG_LEVELS[klog[1]];
  }
  const marked =
    KEY_VALUE.exec(text) ?? MARKED.exec(text) ?? MARKED_ANY_CASE.exec(text);
  const word = marked?.slice(1).find(Boolean);
  return word ? WORDS[word.toLowerCase()] : undefined;
}

/** pino and bunyan: 10 trace to 60 fatal; numbers between belong to the level below. */
function fromNumber(level: number): LogLevel | undefined {
  const levels: LogLevel[] = [
    'trace',
    'debug',
    'info',
    'warn',
    'error',
    'fatal',
  ];
  return level < 10
    ? undefined
    : levels[Math.min(5, Math.floor(level / 10) - 1)];
}
