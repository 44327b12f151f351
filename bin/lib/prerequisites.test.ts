import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { requireRoom } from './install.ts';
import { parseOptions } from './options.ts';
import { root } from './paths.ts';

let tools: string;

before(() => {
  tools = mkdtempSync(join(tmpdir(), 'ghostlight-tools-'));
});
after(() => rmSync(tools, { recursive: true, force: true }));

/** bin/start on a machine that has just these programs; `fakes` are scripts in their place. */
function startWith(programs: string[], fakes: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tools, 'path-'));
  for (const program of ['sh', 'dirname', 'grep', 'mkdir', ...programs]) {
    const path = execFileSync('which', [program], { encoding: 'utf8' }).trim();
    symlinkSync(path, join(folder, program));
  }
  for (const [name, script] of Object.entries(fakes)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return spawnSync(join(root, 'bin/start'), ['--help'], {
    env: { PATH: folder },
    encoding: 'utf8',
  });
}

test('without git it says so, and how to get it', () => {
  const { status, stderr } = startWith(['node']);
  assert.equal(status, 1);
  assert.match(stderr, /git is missing\. Install it/);
});

test('without Node it says so, and which', () => {
  const { status, stderr } = startWith(['git']);
  assert.equal(status, 1);
  assert.match(stderr, /Node is missing\. Install Node 20 or newer/);
});

test('with Node 24 on the machine nothing is fetched, and --help answers', () => {
  const { status, stdout } = startWith(['git', 'node']);
  assert.equal(status, 0);
  assert.match(stdout, /--fresh/);
  assert.doesNotMatch(stdout, /fetching/);
});

test('a full disk is told before anything begins, with what is needed', () => {
  assert.throws(
    () => requireRoom(tools, Number.MAX_SAFE_INTEGER),
    /The disk is almost full: .* GiB free where .* GiB are needed/,
  );
});

test('a port that is none is refused', () => {
  assert.throws(() => parseOptions(['--port', 'http']), /is not a port/);
  assert.throws(() => parseOptions(['--port', '80']), /is not a port/);
  assert.equal(parseOptions(['--port', '8080']).port, 8080);
});
