import { delimiter, dirname } from 'node:path';

/** Of the cluster's own environment only these reach a pod or a build: they hold no secrets. */
const PASSED = ['LANG', 'LC_ALL', 'TZ'];

/** `node` is the Node that runs the cluster. Relative entries would mean another folder in each pod. */
export function toolPath(inherited = process.env.PATH ?? ''): string {
  const entries = inherited.split(delimiter).filter(dir => dir.startsWith('/'));
  return [
    ...new Set([dirname(process.execPath), ...entries, '/usr/bin', '/bin']),
  ].join(delimiter);
}

export function baseEnv(scratchDir: string): Record<string, string> {
  const passed = PASSED.flatMap(name => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(passed),
    PATH: toolPath(),
    HOME: scratchDir,
    TMPDIR: scratchDir,
  };
}
