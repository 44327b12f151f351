import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseServiceFile } from './parseServiceFile';

/** The image store of the cluster has a reader of its own for `run` and `build`, which knows nothing of this one. */
const OTHER = resolve(
  __dirname,
  '../../../../packages/local-cluster/src/images/service-file.ts',
);

const texts = [
  'run: { command: [node, src/main.js] }',
  'build: { command: [npm, run, build] }\nrun: { command: [node, a.js] }',
  'run: { command: [node] }\nslos:\n  - { name: a, kind: availability, objective: 99 %, window: 30d }',
  'run: { command: [node] }\nalerts:\n  - { name: a, metric: errors, above: 5 % }',
  '',
  'run: npm start',
  'run: { command: npm start }',
  'run: { command: [] }',
  "run: { command: [''] }",
  'run: { command: [1] }',
  'run: {}',
  'run: { command: [node], shell: true }',
  'build: { comand: [npm] }',
];

it('agrees with the reader of the cluster about what run and build may be', () => {
  const script = `
    import { parseServiceFile } from ${JSON.stringify(OTHER)};
    const answers = JSON.parse(process.argv[1]).map(text => {
      try { return parseServiceFile(text); } catch { return null; }
    });
    console.log(JSON.stringify(answers));`;
  const answers: unknown[] = JSON.parse(
    execFileSync(
      process.execPath,
      ['--input-type=module', '-e', script, JSON.stringify(texts)],
      { encoding: 'utf8' },
    ),
  );
  expect(answers).toEqual(
    texts.map(text => {
      const { file, mistakes } = parseServiceFile(text);
      return mistakes.length > 0
        ? null
        : {
            ...(file.build && { build: file.build.command }),
            run: file.run?.command ?? [],
          };
    }),
  );
});
