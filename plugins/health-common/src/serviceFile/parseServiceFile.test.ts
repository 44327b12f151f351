import { parseServiceFile } from './parseServiceFile';

const GOOD = `# of the team
run:
  command: [node, src/main.js]
slos:
  - { name: availability, kind: availability, objective: 99.5 %, window: 30d }
  - name: fast
    kind: latency
    objective: 0.95
    threshold: 0.3s
    window: P30D
alerts:
  - { name: errors, metric: errors, above: 5 %, for: 2m, severity: critical }
  - { name: slow, metric: p95, above: 500ms, for: 5m }
  - { name: big, metric: memory, above: 90% }
  - { name: bigger, metric: memory, above: 200Mi }
  - { name: busy, metric: cpu, above: 250m }
  - { name: crashing, metric: restarts, above: 3 }
  - { name: down, metric: ready, below: 100 %, for: 1m }
  - { name: idle, metric: requests, below: 1/s }
`;

const slos = (item: string) => `slos:\n  - { ${item} }\n`;
const alerts = (item: string) => `alerts:\n  - { ${item} }\n`;
const first = (text: string) => parseServiceFile(text).mistakes[0];

it('reads every way to write what is right', () => {
  const { file, mistakes, broken } = parseServiceFile(GOOD);
  expect(mistakes).toEqual([]);
  expect(broken).toEqual([]);
  expect(file.run).toEqual({ command: ['node', 'src/main.js'] });
  expect(file.slos).toEqual([
    {
      name: 'availability',
      kind: 'availability',
      objective: 0.995,
      window: 'P30D',
    },
    {
      name: 'fast',
      kind: 'latency',
      objective: 0.95,
      thresholdMs: 300,
      window: 'P30D',
    },
  ]);
  expect(
    file.alerts.map(({ name, side, threshold: { value, unit }, forMs }) =>
      [name, side, value, unit, forMs].join(' '),
    ),
  ).toEqual([
    'errors above 0.05 ratio 120000',
    'slow above 500 ms 300000',
    'big above 0.9 of-limit 0',
    'bigger above 209715200 bytes 0',
    'busy above 0.25 cores 0',
    'crashing above 3 count 0',
    'down below 1 of-replicas 60000',
    'idle below 1 per-second 0',
  ]);
  expect(file.alerts[0].severity).toBe('critical');
  expect(file.alerts[1].severity).toBe('warning');
});

it('has nothing to say of an empty file, or one of comments', () => {
  for (const text of ['', '# later\n', '---\n', 'slos:\n', 'slos: []\n']) {
    expect(parseServiceFile(text)).toMatchObject({ mistakes: [], broken: [] });
  }
});

const availability = 'name: a, kind: availability';
const latency = 'name: a, kind: latency, objective: 95 %, window: 30d';

it.each([
  // [text, path, message, hint]
  [
    slos(`${latency}, threshold: 300`),
    'slos[0].threshold',
    '300 has no unit',
    'write 300ms or 0.3s',
  ],
  [
    slos(`${availability}, objective: 99 %, window: 30 days`),
    'slos[0].window',
    '"30 days" has the unit "days", which is not known here',
    'write 30d',
  ],
  [
    slos(`${availability}, objective: 99 %, window: 30`),
    'slos[0].window',
    '30 has no unit',
    'write 30d',
  ],
  [
    slos(`${availability}, objective: 99 %, window: 5m`),
    'slos[0].window',
    'a window of 5m cannot be judged',
    'write a window of 1d to 90d, such as 30d',
  ],
  [
    slos(`${availability}, objective: 99.9, window: 30d`),
    'slos[0].objective',
    '99.9 has no unit',
    'write 99.9 %, or 0.999',
  ],
  [
    slos(`${availability}, objective: 100 %, window: 30d`),
    'slos[0].objective',
    '100 % leaves no budget: not one request may ever fail',
    'write less than 100 %, such as 99.9 %',
  ],
  [
    slos(`${availability}, objective: 1, window: 30d`),
    'slos[0].objective',
    '1 leaves no budget: not one request may ever fail',
    'write less than 100 %, such as 99.9 %',
  ],
  [
    slos(`${availability}, objective: high, window: 30d`),
    'slos[0].objective',
    '"high" is no share',
    'write a number of per cent, such as 99.5 %',
  ],
  [
    slos(`${availability}, window: 30d`),
    'slos[0].objective',
    'objective is missing',
    'for instance objective: 99.5 %',
  ],
  [
    slos(latency),
    'slos[0].threshold',
    'threshold is missing: which requests are too slow?',
    'for instance threshold: 300ms',
  ],
  [
    slos(`${availability}, objective: 99 %, window: 30d, threshold: 1s`),
    'slos[0].threshold',
    'an objective of kind availability has no threshold',
    'remove it, or write kind: latency',
  ],
  [
    slos('name: a, kind: availabilty, objective: 99 %, window: 30d'),
    'slos[0].kind',
    'kind must be one of availability, latency',
    'did you mean availability?',
  ],
  ['sloss: []\n', 'sloss', '"sloss" is not known here', 'did you mean slos?'],
  [
    'canary: {}\n',
    'canary',
    '"canary" is not known here',
    'known is run, build, slos, alerts',
  ],
  [
    alerts('name: a, metric: errors'),
    'alerts[0]',
    'above or below is missing: when is something wrong?',
    'for instance above: 5 %',
  ],
  [
    alerts('name: a, metric: p95, above: 1s, below: 2s'),
    'alerts[0].below',
    'above and below do not go together',
    'make two alerts of it, one for each side',
  ],
  [
    alerts('name: a, metric: p95, above: 500'),
    'alerts[0].above',
    '500 has no unit',
    'write 500ms or 0.5s',
  ],
  [
    alerts('name: a, metric: errors, above: 5'),
    'alerts[0].above',
    '5 has no unit',
    'write 5 %, or 0.05',
  ],
  [
    alerts('name: a, metric: memory, above: 200MB'),
    'alerts[0].above',
    '"200MB" is no amount of memory',
    'write 200Mi, or a share of the limit such as 90 %',
  ],
  [
    alerts('name: a, metric: error, above: 5 %'),
    'alerts[0].metric',
    `metric must be one of errors, p50, p95, p99, requests, cpu, memory, restarts, ready`,
    'did you mean errors?',
  ],
  ['run: npm start\n', 'run', 'must be a map of command', undefined],
  [
    'run: { command: npm start }\n',
    'run.command',
    'command must be a list of words, such as [node, src/main.js]; no shell reads it',
    'for instance [node, src/main.js]',
  ],
  [
    'slos: none\n',
    'slos',
    'slos must be a list',
    'begin each objective with "- name:"',
  ],
  [
    '- run\n',
    '',
    'the file must be a map',
    'begin with one of run, build, slos, alerts',
  ],
])('%s is told with what would be right', (text, path, message, hint) => {
  expect(first(text)).toEqual({
    line: expect.any(Number),
    column: expect.any(Number),
    path,
    message,
    ...(hint && { hint }),
  });
});

it('points at the line and column where the mistake is', () => {
  const text = `run:
  command: [node]
slos:
  - name: fast
    kind: latency
    objective: 99.9
    window: 30 days
    treshold: 1s
`;
  expect(
    parseServiceFile(text).mistakes.map(({ line, column, path }) => [
      line,
      column,
      path,
    ]),
  ).toEqual([
    [4, 5, 'slos[0].threshold'],
    [6, 16, 'slos[0].objective'],
    [7, 13, 'slos[0].window'],
    [8, 5, 'slos[0].treshold'],
  ]);
});

it('lets everything that is right count beside what is wrong', () => {
  const { file, mistakes, broken } = parseServiceFile(`
run: { comand: [node] }
slos:
  - { name: good, kind: availability, objective: 99 %, window: 30d, colour: red }
  - { name: bad, kind: availability, objective: 99, window: 30d }
  - { name: good, kind: availability, objective: 98 %, window: 30d }
alerts:
  - { name: bad, metric: p95, above: 500 }
  - { name: good, metric: p95, above: 500ms }
`);
  expect(file.slos).toMatchObject([{ name: 'good', objective: 0.99 }]);
  expect(file.alerts).toMatchObject([{ name: 'good' }]);
  expect(broken).toEqual([
    { section: 'slos', name: 'bad' },
    { section: 'alerts', name: 'bad' },
  ]);
  expect(mistakes.map(({ line, message }) => `${line}: ${message}`)).toEqual([
    '2: command is missing',
    '2: "comand" is not known here',
    '4: "colour" is not known here',
    '5: 99 has no unit',
    '6: there is another objective of the name "good"',
    '8: 500 has no unit',
  ]);
});

it('does not let a bracket that is open swallow the sections after it', () => {
  const { file, mistakes, broken } = parseServiceFile(`run:
  command: [node, main.js
alerts:
  - { name: errors, metric: errors, above: 5 % }
slos:
\t- { name: a }
`);
  expect(file.alerts).toMatchObject([{ name: 'errors' }]);
  expect(broken).toEqual([{ section: 'run' }, { section: 'slos' }]);
  expect(mistakes[0]).toMatchObject({ line: expect.any(Number), path: '' });
  expect(mistakes.find(({ line }) => line === 6)).toMatchObject({
    hint: 'indent with spaces',
  });
});

it('counts nothing of an item in which a key is there twice, and everything beside it', () => {
  const once = parseServiceFile(`alerts:
  - { name: a, metric: errors, above: 5 %, above: 50 % }
  - { name: b, metric: errors, above: 5 % }
`);
  expect(once.file.alerts.map(({ name }) => name)).toEqual(['b']);
  expect(once.broken).toEqual([{ section: 'alerts', name: 'a' }]);
});

it('counts the first of two sections of the same name', () => {
  const { file, mistakes } = parseServiceFile(`alerts:
  - { name: b, metric: errors, above: 5 % }
run: { command: [a] }
alerts: []
`);
  expect(file).toMatchObject({ alerts: [{ name: 'b' }], run: {} });
  expect(mistakes).toMatchObject([
    { line: 4, message: 'this key is there twice' },
  ]);
});

it('takes aliases, but no bombs of them', () => {
  const shared = parseServiceFile(`slos:
  - &a { name: a, kind: availability, objective: 99 %, window: &w 30d }
  - { name: b, kind: availability, objective: 98 %, window: *w }
`);
  expect(shared.mistakes).toEqual([]);
  expect(shared.file.slos).toHaveLength(2);
  const levels = 'abcdefghi'
    .split('')
    .map((name, n, all) =>
      n === 0
        ? `a: &a [x,x,x,x,x,x,x,x,x]`
        : `${name}: &${name} [${Array(9)
            .fill(`*${all[n - 1]}`)
            .join(',')}]`,
    )
    .join('\n');
  const began = Date.now();
  const bomb = parseServiceFile(`${levels}\n`);
  expect(Date.now() - began).toBeLessThan(1_000);
  expect(bomb.mistakes[0].message).toMatch(/aliases/);
  expect(bomb.broken).toEqual([{}]);
});

it.each<[string, string | Uint8Array, RegExp]>([
  ['too large', `# ${'x'.repeat(256 * 1024)}`, /at most 256 KiB/],
  ['not UTF-8', new Uint8Array([0x72, 0xff, 0xfe]), /not UTF-8/],
  ['nested beyond reason', '['.repeat(100_000), /./],
  ['two documents', 'run: {command: [a]}\n---\nbuild: {command: [b]}\n', /./],
  ['a key that is a map', '{a: b}: c\n', /not known/],
])('says of a file that is %s what is wrong', (_, input, message) => {
  const { mistakes } = parseServiceFile(input);
  expect(mistakes.length).toBeGreaterThan(0);
  expect(mistakes[0].message).toMatch(message);
  expect(mistakes[0].line).toBeGreaterThan(0);
});

it('is not confused by names of the language', () => {
  const { mistakes } = parseServiceFile(
    `constructor: 1\n__proto__: { polluted: true }\n${slos(
      `${availability}, objective: 99 %, window: 1constructor`,
    )}`,
  );
  expect(mistakes).toHaveLength(3);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
