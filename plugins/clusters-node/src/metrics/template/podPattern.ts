import { literalPattern } from './promql';

/** What Kubernetes makes random parts of names of: no vowels, nothing that looks like another. */
const RANDOM = '[bcdfghjklmnpqrstvwxz2456789]';
/** The generated part is put after at most so many characters of the name of the replica set and a dash. */
const MAX_BASE = 58;
const MAX_HASH = 10;

/**
 * A pattern for the names of the pods of a Deployment, past ones too: `<name>-<hash of the template>-<5 random>`, where
 * the middle is cut short in long names. Pods of a Deployment whose name only begins alike do not match.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/storage/names/generate.go
 */
export function podPattern(workload: string): string {
  const name = literalPattern(workload);
  const room = MAX_BASE - workload.length - 1;
  if (room > MAX_HASH) {
    return `${name}-${RANDOM}{1,${MAX_HASH}}-${RANDOM}{5}`;
  }
  if (room <= 0) {
    const base = literalPattern(`${workload}-`.slice(0, MAX_BASE));
    return `${base}${RANDOM}{5}`;
  }
  return `${name}-(${RANDOM}{1,${room}}-${RANDOM}{5}|${RANDOM}{${room + 5}})`;
}
