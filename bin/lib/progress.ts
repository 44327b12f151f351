const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code: string, text: string) =>
  colour ? `\x1b[${code}m${text}\x1b[0m` : text;

export const dim = (text: string) => paint('2', text);
export const bold = (text: string) => paint('1', text);
const amber = (text: string) => paint('33', text);
const green = (text: string) => paint('32', text);
const red = (text: string) => paint('31', text);

/** Seconds with one decimal, as a person reads them. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

let running = new Map<symbol, string>();

function redraw() {
  if (!process.stdout.isTTY) return;
  process.stdout.write('\x1b[2K\r');
  if (running.size > 0) {
    const line = `  ${amber('…')} ${[...running.values()].join(dim(', '))}`;
    process.stdout.write(
      line.slice(0, Math.max(20, process.stdout.columns ?? 80)),
    );
  }
}

/** Prints a line above the steps that are still going on. */
export function print(line: string) {
  if (process.stdout.isTTY) process.stdout.write('\x1b[2K\r');
  process.stdout.write(`${line}\n`);
  redraw();
}

/** Shows a step while it runs and, when it ended, how long it took. A result text is shown behind its name. */
export async function step<T>(
  name: string,
  work: (note: (text: string) => void) => Promise<T>,
): Promise<T> {
  const id = Symbol(name);
  const started = performance.now();
  let text = '';
  running.set(id, name);
  redraw();
  try {
    const result = await work(note => {
      text = note;
    });
    running.delete(id);
    const took = seconds(performance.now() - started).padStart(8);
    print(`  ${green('✓')} ${name.padEnd(28)} ${took}  ${dim(text)}`.trimEnd());
    return result;
  } catch (error) {
    running.delete(id);
    print(
      `  ${red('✗')} ${name.padEnd(28)} ${seconds(
        performance.now() - started,
      ).padStart(8)}`,
    );
    throw error;
  }
}
