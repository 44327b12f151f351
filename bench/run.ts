import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { type BenchModule, type Summary, summarise } from './bench.ts';
import { tableOf } from './table.ts';

const here = import.meta.dirname;
const root = join(here, '..');

function known(): string[] {
  return readdirSync(here, { withFileTypes: true })
    .filter(entry => existsSync(join(here, entry.name, 'index.ts')))
    .map(entry => entry.name);
}

/** Where the figures come from: without it they cannot be compared. */
function machine() {
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpus: `${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown'}`,
    memoryMb: Math.round(totalmem() / 1024 ** 2),
    loadBefore: Number(loadavg()[0].toFixed(2)),
    commit: commit(),
  };
}

function commit(): string | undefined {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
    }).trim();
  } catch {
    return undefined; // a copy without history can be measured too
  }
}

function write(name: string, report: unknown): string {
  const folder = join(root, '.cache', 'bench');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
  return file;
}

async function main(name: string | undefined): Promise<number> {
  if (name === undefined || !known().includes(name)) {
    process.stderr.write(
      `Which benchmark? yarn bench <${known().join('|')}>${
        name === undefined ? '' : `, not "${name}"`
      }\n`,
    );
    return 2;
  }
  const facts = machine();
  const { run }: BenchModule = await import(`./${name}/index.ts`);
  const startedAt = new Date();
  const { measures } = await run();
  const summaries: Summary[] = measures.map(summarise);
  const file = write(name, {
    name,
    startedAt: startedAt.toISOString(),
    seconds: Math.round((Date.now() - startedAt.getTime()) / 1000),
    machine: facts,
    measures: summaries,
  });
  const notes = summaries
    .filter(({ note }) => note)
    .map(s => `  ${s.name}: ${s.note}`);
  process.stdout.write(`${tableOf(summaries)}\n`);
  if (notes.length > 0) process.stdout.write(`\n${notes.join('\n')}\n`);
  if (facts.loadBefore > availableParallelism() / 2) {
    process.stdout.write(
      `\nThe machine was busy before this began (load ${facts.loadBefore}): measure again when it is idle.\n`,
    );
  }
  process.stdout.write(`\nwritten to ${file.slice(root.length + 1)}\n`);
  return summaries.some(({ verdict }) => verdict === 'missed') ? 1 : 0;
}

void main(process.argv[2]).then(code => {
  process.exitCode = code;
});
