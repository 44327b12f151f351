/** How a runtime begins the line that names what went wrong: `Error: ...`, `java.io.IOException: ...`, `panic: ...`. */
const NAMES_AN_ERROR =
  /^(uncaught |exception in thread "[^"]*" )?([\w.$]*(error|exception)( \[\w+\])?|panic|fatal): /i;

/** The line of a log's end that says most about why a process ended: the last that names an error, else the last with words. */
export function tellingLine(lines: readonly string[]): string | undefined {
  const words = lines.map(line => line.trim()).filter(line => line !== '');
  return words.findLast(line => NAMES_AN_ERROR.test(line)) ?? words.at(-1);
}
