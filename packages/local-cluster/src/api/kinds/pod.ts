import { isDeepStrictEqual } from 'node:util';
import { ageOf } from '../tables/age.ts';
import { at, listAt, numberAt, recordAt, textAt } from '../json-path.ts';
import { dnsSubdomain } from '../schema/rules.ts';
import { anyStatus } from '../schema/schema.ts';
import type { KubeObject } from '../../types.ts';
import { ageColumn, nameColumn } from './columns.ts';
import { ALL, type Kind } from './kind.ts';
import { wholeObject } from './metadata.ts';
import { checkPodSpec, completePodSpec, qosClass } from './pod-checks.ts';
import { podSpec } from './pod-spec.ts';

const statuses = (pod: KubeObject) =>
  listAt(pod, 'status', 'containerStatuses');

/** The STATUS column, by the rules of Kubernetes' own printer. */
export function podStatusWord(pod: KubeObject): string {
  let word =
    textAt(pod, 'status', 'reason') ?? textAt(pod, 'status', 'phase') ?? '';
  for (const status of statuses(pod)) {
    const waiting = textAt(status, 'state', 'waiting', 'reason');
    const ended = textAt(status, 'state', 'terminated', 'reason');
    const exitCode = numberAt(status, 'state', 'terminated', 'exitCode');
    if (waiting) word = waiting;
    else if (ended) word = ended;
    else if (exitCode !== undefined) word = `ExitCode:${exitCode}`;
  }
  return pod.metadata.deletionTimestamp === undefined ? word : 'Terminating';
}

function restartsText(pod: KubeObject, now: Date): string {
  const restarts = statuses(pod)
    .map(status => numberAt(status, 'restartCount') ?? 0)
    .reduce((sum, count) => sum + count, 0);
  const lastEnd = statuses(pod)
    .map(status => textAt(status, 'lastState', 'terminated', 'finishedAt'))
    .find(end => end !== undefined);
  return restarts > 0 && lastEnd !== undefined
    ? `${restarts} (${ageOf(lastEnd, now)} ago)`
    : String(restarts);
}

export const pod: Kind = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  singular: 'pod',
  shortNames: ['po'],
  categories: ['all'],
  namespaced: true,
  verbs: ALL,
  subresources: ['status', 'log'],
  nameRule: dnsSubdomain,
  schema: wholeObject({ spec: podSpec, status: anyStatus({ podIPs: 'ip' }) }, [
    'spec',
  ]),
  columns: [
    nameColumn,
    {
      name: 'Ready',
      description: 'Ready containers of all containers.',
      cell: object => {
        const ready = statuses(object).filter(
          status => at(status, 'ready') === true,
        );
        return `${ready.length}/${listAt(object, 'spec', 'containers').length}`;
      },
    },
    {
      name: 'Status',
      description: 'The state of the pod in one word.',
      cell: podStatusWord,
    },
    {
      name: 'Restarts',
      description: 'How often the container was started again.',
      cell: restartsText,
    },
    ageColumn,
    {
      name: 'IP',
      wide: true,
      description: 'Address of the pod.',
      cell: object => textAt(object, 'status', 'podIP') ?? '<none>',
    },
    {
      name: 'Node',
      wide: true,
      description: 'Where the pod runs.',
      cell: object => textAt(object, 'spec', 'nodeName') ?? '<none>',
    },
    {
      name: 'Nominated Node',
      wide: true,
      description: 'There is one node and no preemption.',
      cell: () => '<none>',
    },
    {
      name: 'Readiness Gates',
      wide: true,
      description: 'Not supported here.',
      cell: () => '<none>',
    },
  ],
  selectableFields: {
    'status.phase': object => textAt(object, 'status', 'phase') ?? '',
    'status.podIP': object => textAt(object, 'status', 'podIP') ?? '',
    'spec.nodeName': object => textAt(object, 'spec', 'nodeName') ?? '',
    'spec.restartPolicy': object =>
      textAt(object, 'spec', 'restartPolicy') ?? '',
    'spec.schedulerName': object =>
      textAt(object, 'spec', 'schedulerName') ?? '',
    'spec.serviceAccountName': object =>
      textAt(object, 'spec', 'serviceAccountName') ?? '',
  },
  complete: object => ({
    ...object,
    spec: completePodSpec(recordAt(object, 'spec')),
  }),
  check: object => checkPodSpec(object.spec, 'spec'),
  checkUpdate: (next, current) => {
    // The kubelet writes nodeName through the store; a client that never read it does not take it back.
    const spec = {
      nodeName: textAt(current, 'spec', 'nodeName'),
      ...recordAt(next, 'spec'),
    };
    return isDeepStrictEqual(JSON.parse(JSON.stringify(spec)), {
      ...recordAt(current, 'spec'),
    })
      ? []
      : [
          {
            field: 'spec',
            reason: 'FieldValueForbidden',
            message:
              'Forbidden: a pod does not change once it is made; change its Deployment, or delete the pod and make it anew',
          },
        ];
  },
  initialStatus: object => ({
    phase: 'Pending',
    qosClass: qosClass(object.spec),
  }),
};
