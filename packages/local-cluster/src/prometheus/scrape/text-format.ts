/** Why a text is not Prometheus' exposition format 0.0.4 (nor OpenMetrics, as far as that is the same). */
export class TextFormatError extends Error {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`);
    this.name = 'TextFormatError';
    this.line = line;
  }
}

export interface TextSink {
  /** @returns false when no more is wanted */
  sample(series: string, value: number, timeMs: number | undefined): boolean;
  /** A line `# ...` that was not there the last time. */
  comment(line: string): void;
}

const NEWLINE = 10;
const SPACE = 32;
const TAB = 9;
const HASH = 35;
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

const isBlank = (code: number) => code === SPACE || code === TAB;

/**
 * Reads what one target says, again and again. A target says the same lines in the same order but for the values, so the
 * last text tells where a series' name ends, without looking at it and without new strings.
 */
export class TextParser {
  #known: string[] = [];
  #next: string[] = [];
  #line = 0;

  /** Before the first piece of a text. */
  begin(): void {
    [this.#known, this.#next] = [this.#next, this.#known];
    this.#next.length = 0;
    this.#line = 0;
  }

  /**
   * @param text - whole lines
   * @returns false when the sink wanted no more
   * @throws TextFormatError
   */
  parse(text: string, sink: TextSink): boolean {
    let at = 0;
    while (at < text.length) {
      this.#line += 1;
      let end = text.indexOf('\n', at);
      if (end < 0) end = text.length;
      const stop = text.charCodeAt(end - 1) === 13 && end > at ? end - 1 : end;
      if (!this.#readLine(text, at, stop, sink)) return false;
      at = end + 1;
    }
    return true;
  }

  #readLine(text: string, from: number, end: number, sink: TextSink): boolean {
    let at = from;
    while (at < end && isBlank(text.charCodeAt(at))) at += 1;
    if (at === end) return true;
    const known = this.#known[this.#next.length];
    if (text.charCodeAt(at) === HASH) {
      if (known?.length === end - at && text.startsWith(known, at)) {
        this.#next.push(known);
        return true;
      }
      const comment = text.slice(at, end);
      this.#next.push(comment);
      sink.comment(comment);
      return true;
    }
    let series: string;
    if (
      known !== undefined &&
      text.startsWith(known, at) &&
      isBlank(text.charCodeAt(at + known.length)) &&
      at + known.length < end
    ) {
      series = known;
    } else series = text.slice(at, this.#seriesEnd(text, at, end));
    this.#next.push(series);
    return this.#readSample(series, text, at + series.length, end, sink);
  }

  #readSample(
    series: string,
    text: string,
    from: number,
    end: number,
    sink: TextSink,
  ): boolean {
    let at = from;
    while (at < end && isBlank(text.charCodeAt(at))) at += 1;
    const valueAt = at;
    while (at < end && !isBlank(text.charCodeAt(at))) at += 1;
    const value = this.#number(text.slice(valueAt, at), series);
    while (at < end && isBlank(text.charCodeAt(at))) at += 1;
    if (at === end || text.charCodeAt(at) === HASH) {
      return sink.sample(series, value, undefined);
    }
    return sink.sample(series, value, this.#time(text.slice(at, end), series));
  }

  #time(text: string, series: string): number {
    // An exemplar of OpenMetrics may follow.
    const [time, ...rest] = text.trim().split(/[ \t]+/);
    if (rest.length > 0 && rest[0] !== '#') {
      throw this.#wrong(`"${cut(rest[0])}" follows the time of ${cut(series)}`);
    }
    // Milliseconds in this format; OpenMetrics has seconds with a fraction.
    const timeMs = time.includes('.') ? Number(time) * 1000 : Number(time);
    if (!Number.isFinite(timeMs)) {
      throw this.#wrong(`"${cut(time)}" is no time, at ${cut(series)}`);
    }
    return Math.round(timeMs);
  }

  /** As Go reads them: also +Inf, -Inf, NaN, whatever the case. */
  #number(text: string, series: string): number {
    const value = Number(text);
    if (!Number.isNaN(value) && text !== '' && !/^[+-]?0[xob]/i.test(text)) {
      return value;
    }
    switch (text.toLowerCase()) {
      case 'nan':
        return NaN;
      case 'inf':
      case '+inf':
        return Infinity;
      case '-inf':
        return -Infinity;
      default:
        throw this.#wrong(
          text === ''
            ? `${cut(series)} has no value`
            : `"${cut(text)}" is no number, at ${cut(series)}`,
        );
    }
  }

  /** Where the name and the labels end. */
  #seriesEnd(text: string, from: number, end: number): number {
    let at = from;
    for (; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (isBlank(code)) {
        // Spaces may stand between the name and its labels.
        let next = at;
        while (next < end && isBlank(text.charCodeAt(next))) next += 1;
        if (text.charCodeAt(next) !== OPEN) return at;
        at = next;
        break;
      }
      if (code === OPEN) break;
    }
    let quoted = false;
    for (; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) break;
      if (quoted && code === BACKSLASH) at += 1;
      else if (code === QUOTE) quoted = !quoted;
      else if (code === CLOSE && !quoted) return at + 1;
    }
    throw this.#wrong(`"${cut(text.slice(from, end))}" is no sample`);
  }

  #wrong(problem: string): TextFormatError {
    return new TextFormatError(this.#line, problem);
  }
}

/** Shows what a target sent, which may be anything and long. */
function cut(text: string): string {
  const printable = text.slice(0, 60).replace(/[^\x20-\x7e]/g, '?');
  return text.length > 60 ? `${printable}...` : printable;
}
