import type {
  DeployMarker,
  HealthMetrics,
  HealthPoint,
  WorkloadMetrics,
} from '@ghostlight/plugin-health-common';

const COLUMNS: Array<
  [title: string, points: (workload: WorkloadMetrics) => HealthPoint[]]
> = [
  ['requests (per second)', workload => workload.requests],
  ['errors (share of requests, 0 to 1)', workload => workload.errors],
  ['p50 (ms)', workload => workload.p50Ms],
  ['p95 (ms)', workload => workload.p95Ms],
  ['p99 (ms)', workload => workload.p99Ms],
  ['CPU of the busiest replica (cores)', workload => workload.cpuCores],
  ['memory of the busiest replica (bytes)', workload => workload.memoryBytes],
];

/**
 * Metrics as a table: a row for each time and workload, empty cells where nothing was measured.
 *
 * @remarks
 * Quoted as RFC 4180 says. A text that a spreadsheet would take for a formula begins with an apostrophe instead: names and
 * commit messages are written by others.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function toCsv(metrics: HealthMetrics): string {
  const rows: string[][] = [
    [
      'time (UTC)',
      'environment',
      'namespace',
      'workload',
      ...COLUMNS.map(([title]) => title),
      'deploy',
    ].map(text),
  ];
  const length = Math.max(
    0,
    ...metrics.workloads.map(({ requests }) => requests.length),
  );
  for (let index = 0; index < length; index += 1) {
    for (const workload of metrics.workloads) {
      const [at] = workload.requests[index];
      // The last step may be a shorter one.
      const before =
        workload.requests[index - 1]?.[0] ?? at - metrics.stepSeconds;
      const { namespace, name } = workload.workload;
      rows.push([
        new Date(at * 1_000).toISOString(),
        text(metrics.environment),
        text(namespace),
        text(name),
        ...COLUMNS.map(([, points]) => number(points(workload)[index]?.[1])),
        text(deploysBetween(metrics, name, before, at)),
      ]);
    }
  }
  return rows.map(row => `${row.join(',')}\r\n`).join('');
}

/** What was deployed since the row before, so that every deploy is in one row. */
function deploysBetween(
  { deploys }: HealthMetrics,
  workload: string,
  before: number,
  at: number,
): string {
  return deploys
    .filter(deploy => {
      const seconds = Date.parse(deploy.at) / 1_000;
      return deploy.workload === workload && seconds > before && seconds <= at;
    })
    .map(deployWords)
    .join('; ');
}

function deployWords({ revision, commit, by, byName }: DeployMarker): string {
  const what = [commit?.sha.slice(0, 7) ?? revision, commit?.message];
  const who = byName ?? by;
  return [...what, who && `by ${who}`].filter(Boolean).join(' ');
}

function number(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

function text(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
