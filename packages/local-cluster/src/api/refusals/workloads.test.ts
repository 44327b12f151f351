import { describe } from 'node:test';
import {
  CONFIG_MAPS,
  configMap,
  DEPLOYMENTS,
  deployment,
  pod,
  PODS,
  SERVICES,
} from '../testing/api-fixture.ts';
import { refuseEach } from './refuse-each.ts';

const service = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'svc' },
  spec: { selector: { app: 'a' }, ports: [{ port: 80 }], ...spec },
});

describe('of names, Deployments and Services, the API refuses by name', () => {
  refuseEach([
    ['a name with capitals', PODS, pod('Pod'), /metadata\.name.*RFC 1123/],
    [
      'a name that is a path',
      CONFIG_MAPS,
      configMap('../../etc/passwd'),
      /metadata\.name.*RFC 1123/,
    ],
    [
      'a label value with spaces',
      CONFIG_MAPS,
      configMap('c', {}, { a: 'b c' }),
      /metadata\.labels\[a\].*label value/,
    ],
    [
      'a data key with a slash',
      CONFIG_MAPS,
      configMap('c', { 'a/b': 'c' }),
      /data.*"a\/b"/,
    ],
    [
      'a selector that misses the template',
      DEPLOYMENTS,
      deployment('d', { selector: { matchLabels: { app: 'other' } } }),
      /`selector` does not match template `labels`/,
    ],
    [
      'an empty selector',
      DEPLOYMENTS,
      deployment('d', { selector: {} }),
      /spec\.selector.*empty selector/,
    ],
    [
      'no template',
      DEPLOYMENTS,
      deployment('d', { template: null }),
      /spec\.template: Required/,
    ],
    [
      'negative replicas',
      DEPLOYMENTS,
      deployment('d', { replicas: -1 }),
      /spec\.replicas.*greater than or equal to 0/,
    ],
    [
      'a strategy that does not exist',
      DEPLOYMENTS,
      deployment('d', { strategy: { type: 'Magic' } }),
      /strategy\.type: Unsupported value: "Magic"/,
    ],
    [
      'a rolling update that could never go on',
      DEPLOYMENTS,
      deployment('d', {
        strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } },
      }),
      /maxUnavailable.*nothing could ever be replaced/,
    ],
    [
      'a surge that is no amount',
      DEPLOYMENTS,
      deployment('d', { strategy: { rollingUpdate: { maxSurge: 'many' } } }),
      /maxSurge.*percentage/,
    ],
    [
      'Recreate with rolling settings',
      DEPLOYMENTS,
      deployment('d', {
        strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } },
      }),
      /rollingUpdate: Forbidden/,
    ],
    [
      'a Deployment of pods that are not restarted',
      DEPLOYMENTS,
      deployment('d', {
        template: {
          metadata: { labels: { app: 'd' } },
          spec: {
            restartPolicy: 'Never',
            containers: [{ name: 'a', image: 'b' }],
          },
        },
      }),
      /restartPolicy: Unsupported value: "Never"/,
    ],
    [
      'a load balancer',
      SERVICES,
      service({ type: 'LoadBalancer' }),
      /spec\.type: Unsupported value: "LoadBalancer"/,
    ],
    [
      'a node port',
      SERVICES,
      service({ ports: [{ port: 80, nodePort: 30000 }] }),
      /nodePort: Forbidden.*local-cluster\/url/,
    ],
    [
      'a headless Service',
      SERVICES,
      service({ clusterIP: 'None' }),
      /clusterIP: Unsupported value: "None"/,
    ],
    [
      'a Service without a selector',
      SERVICES,
      service({ selector: {} }),
      /spec\.selector: Required/,
    ],
    [
      'a Service without ports',
      SERVICES,
      service({ ports: [] }),
      /spec\.ports: Required/,
    ],
    [
      'two ports without names',
      SERVICES,
      service({ ports: [{ port: 1 }, { port: 2 }] }),
      /ports\[0\]\.name: Required/,
    ],
  ]);
});
