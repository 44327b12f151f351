import { FakeLogs } from '../__testUtils__/FakeLogs';
import { downloadLines } from './downloadLines';

const at = (seconds: number) => `2026-03-01T12:00:0${seconds}Z`;

async function download(logs: FakeLogs, maxBytes = 1_000_000) {
  let text = '';
  for await (const line of downloadLines({
    source: logs,
    maxBytes,
    maxMs: 5_000,
    signal: new AbortController().signal,
  })) {
    text += line;
  }
  return text;
}

describe('downloadLines', () => {
  it('gives all lines in order, without secrets', async () => {
    const logs = new FakeLogs();
    logs.add('a');
    logs.add('b');
    logs.write('a', at(1), 'one');
    logs.write('b', at(2), 'password=abc');
    logs.write('a', at(3), 'three');
    expect(await download(logs)).toBe(
      `${at(1)} a one\n${at(2)} b password=[redacted]\n${at(3)} a three\n`,
    );
  });

  it('says that it was cut', async () => {
    const logs = new FakeLogs();
    logs.add('a');
    logs.write('a', at(1), 'x'.repeat(500));
    logs.write('a', at(2), 'x'.repeat(2 * 1024 * 1024));
    expect(await download(logs, 1024 * 1024)).toMatch(
      /\n\[cut here: a download holds at most 1 MiB, ask for a shorter time\]\n$/,
    );
  });

  it('says which replica could not be read', async () => {
    const logs = new FakeLogs();
    logs.add('a');
    logs.add('b', 'gone');
    logs.write('a', at(1), 'one');
    expect(await download(logs)).toBe(
      `${at(1)} a one\n[not complete: the log of b could not be read]\n`,
    );
  });
});
