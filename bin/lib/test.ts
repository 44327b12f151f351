import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from './failure.ts';
import { install } from './install.ts';
import { root } from './paths.ts';
import { removeDatabase } from './postgres.ts';
import { bold, dim, print, seconds } from './progress.ts';
import { parts } from './test-parts.ts';
import type { TestContext, Totals } from './test-parts.ts';

const help = `bin/test: checks everything and prints the totals as "N passed, N failed".

  --only PART   one part alone; may be given more than once. Parts: ${parts
    .map(part => part.name)
    .join(', ')}

PostgreSQL for the tests is embedded and thrown away. The browser tests need Chromium: as root on Debian it is installed when
missing, elsewhere set CHROMIUM to its path.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: {
      only: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    print(help);
    return 0;
  }
  const unknown = (values.only ?? []).filter(
    name => !parts.some(part => part.name === name),
  );
  if (unknown.length > 0) {
    throw new Failure(
      `There is no part ${unknown.join(', ')}.`,
      `The parts are: ${parts.map(part => part.name).join(', ')}.`,
    );
  }
  const chosen = parts.filter(
    part => !values.only || values.only.includes(part.name),
  );

  print(bold('dependencies'));
  print(`  ${await install()}`);
  const folder = mkdtempSync(join(tmpdir(), 'ghostlight-test-'));
  // The user that PostgreSQL runs as must get there.
  chmodSync(folder, 0o755);
  mkdirSync(join(root, 'test-results'), { recursive: true });
  const closers: (() => Promise<void>)[] = [];
  const context: TestContext = {
    folder,
    results: join(root, 'test-results'),
    defer: close => closers.push(close),
  };
  const totals: Totals = { passed: 0, failed: 0, skipped: 0 };
  const outcomes: string[] = [];
  try {
    for (const part of chosen) {
      print(`\n${bold(part.name)} ${dim(part.what)}`);
      const begun = performance.now();
      let result: Totals;
      try {
        result = await part.run(context);
      } catch (error) {
        print(
          error instanceof Failure
            ? `${error.message}\n${error.advice}`
            : String(error instanceof Error ? error.stack : error),
        );
        result = { passed: 0, failed: 1, skipped: 0 };
      }
      totals.passed += result.passed;
      totals.failed += result.failed;
      totals.skipped += result.skipped;
      const line = `${part.name.padEnd(12)} ${result.passed} passed, ${
        result.failed
      } failed${result.skipped ? `, ${result.skipped} skipped` : ''}  ${seconds(
        performance.now() - begun,
      )}`;
      outcomes.push(line);
      print(line);
    }
  } finally {
    for (const close of closers.reverse()) await close();
    for (const data of [folder, join(folder, 'portal')]) removeDatabase(data);
    rmSync(folder, { recursive: true, force: true });
  }
  print(`\n${outcomes.join('\n')}\n`);
  print(
    `${totals.passed} passed, ${totals.failed} failed${
      totals.skipped ? `, ${totals.skipped} skipped` : ''
    }`,
  );
  return totals.failed === 0 ? 0 : 1;
}

main()
  .catch((error: unknown) => {
    print(
      error instanceof Failure
        ? `${error.message}\n${error.advice}`
        : String(error instanceof Error ? error.stack : error),
    );
    return 1;
  })
  .then(code => process.exit(code));
