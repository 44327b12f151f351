import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SelectedSeries, STALE } from '../types.ts';

/** Why nothing can be compared with a real Prometheus here; undefined when it can. */
export function prometheusMissing(): string | undefined {
  for (const program of ['prometheus', 'promtool']) {
    const { error } = spawnSync(program, ['--version'], { stdio: 'ignore' });
    if (error)
      return `${program} is not on the PATH: apt-get install prometheus`;
  }
  return undefined;
}

const numberText = (value: number) =>
  Number.isFinite(value) || Number.isNaN(value)
    ? String(value)
    : `${value > 0 ? '+' : '-'}Inf`;

function writeOpenMetrics(file: string, all: readonly SelectedSeries[]): void {
  const fd = openSync(file, 'w');
  for (const { labels, timesMs, values } of all) {
    const { __name__, ...rest } = labels;
    const text = Object.entries(rest)
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(',');
    const lines: string[] = [];
    for (const [i, timeMs] of timesMs.entries()) {
      if (values[i] === STALE) continue;
      lines.push(
        `${__name__}{${text}} ${numberText(values[i])} ${timeMs / 1000}\n`,
      );
    }
    writeSync(fd, lines.join(''));
  }
  writeSync(fd, '# EOF\n');
  closeSync(fd);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('no free port');
  }
  return address.port;
}

/** Debian's Prometheus, with samples of ours; stale marks cannot be handed over. */
export class RealPrometheus {
  /** Of its API, with a slash at the end. */
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  static async start(all: readonly SelectedSeries[]): Promise<RealPrometheus> {
    const folder = mkdtempSync(join(tmpdir(), 'real-prometheus-'));
    const samples = join(folder, 'samples.txt');
    writeOpenMetrics(samples, all);
    const data = join(folder, 'data');
    const made = spawnSync(
      'promtool',
      ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', samples, data],
      { encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(`promtool: ${made.stderr}`);
    const config = join(folder, 'prometheus.yml');
    writeFileSync(config, 'scrape_configs: []\n');
    const port = await freePort();
    const child = spawn(
      'prometheus',
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${data}`,
        '--storage.tsdb.retention.time=30d',
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    for await (const chunk of child.stderr.iterator({
      destroyOnReturn: false,
    })) {
      said += chunk;
      if (said.includes('Server is ready')) break;
    }
    child.stderr.resume();
    if (!said.includes('Server is ready')) {
      throw new Error(`prometheus did not start: ${said}`);
    }
    return new RealPrometheus(port, child, folder);
  }

  private constructor(port: number, child: ChildProcess, folder: string) {
    this.url = `http://127.0.0.1:${port}/api/v1/`;
    this.#child = child;
    this.#folder = folder;
  }

  async stop(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await exited;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
