import { splitLines, type Line } from './splitLines';

async function split(chunks: Iterable<string | Buffer>, maxBytes = 100) {
  const lines: Line[] = [];
  const source = (async function* bytes() {
    for (const chunk of chunks) {
      yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    }
  })();
  for await (const line of splitLines(source, maxBytes)) {
    lines.push(line);
  }
  return lines;
}

const whole = (...texts: string[]) =>
  texts.map(text => ({ text, truncated: false }));

describe('splitLines', () => {
  it('puts lines together that arrive in pieces, and gives a last one without newline', async () => {
    expect(await split(['on', 'e\ntw', 'o\n', '\nthr', 'ee'])).toEqual(
      whole('one', 'two', '', 'three'),
    );
  });

  it('reads Windows line ends', async () => {
    expect(await split(['one\r\ntwo\r\n'])).toEqual(whole('one', 'two'));
  });

  it('marks a line that is too long, and goes on after it', async () => {
    expect(await split(['abcdef\nok\n'], 4)).toEqual([
      { text: 'abcd', truncated: true },
      ...whole('ok'),
    ]);
  });

  it('holds little of a line of 100 MB', async () => {
    function* hundredMegabytes() {
      // One piece again and again: what memory grows by is what is held.
      const piece = Buffer.alloc(1024 * 1024, 'x');
      for (let i = 0; i < 100; i++) {
        yield piece;
      }
      yield '\nafter\n';
    }
    const before = process.memoryUsage().arrayBuffers;
    const lines = await split(hundredMegabytes(), 16 * 1024);
    expect(
      lines.map(({ text, truncated }) => [text.length, truncated]),
    ).toEqual([
      [16 * 1024, true],
      [5, false],
    ]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5e6);
  });
});
