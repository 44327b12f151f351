import { describe } from 'node:test';
import { pod, PODS } from '../testing/api-fixture.ts';
import { refuseEach } from './refuse-each.ts';

const onContainer = (container: object) => pod('p', {}, container);
const probe = (readinessProbe: object) => onContainer({ readinessProbe });

describe('of a pod, the API refuses by name', () => {
  refuseEach([
    [
      'an empty pod',
      PODS,
      pod('p', { containers: [] }),
      /spec\.containers: Required/,
    ],
    [
      'a second container',
      PODS,
      pod('p', {
        containers: [
          { name: 'a', image: 'x' },
          { name: 'b', image: 'x' },
        ],
      }),
      /spec\.containers: Too many: 2.*one container a pod/,
    ],
    [
      'an init container',
      PODS,
      pod('p', { initContainers: [{ name: 'i', image: 'x' }] }),
      /spec\.initContainers: Forbidden/,
    ],
    [
      'a volume',
      PODS,
      pod('p', { volumes: [{ name: 'v', emptyDir: {} }] }),
      /spec\.volumes: Forbidden.*no volumes/,
    ],
    [
      'a volume mount',
      PODS,
      onContainer({ volumeMounts: [{ name: 'v', mountPath: '/v' }] }),
      /containers\[0\]\.volumeMounts: Forbidden/,
    ],
    [
      'a lifecycle hook',
      PODS,
      onContainer({ lifecycle: { preStop: { sleep: { seconds: 1 } } } }),
      /lifecycle: Forbidden.*SIGTERM/,
    ],
    [
      'a privileged container',
      PODS,
      onContainer({ securityContext: { privileged: true } }),
      /privileged: Forbidden/,
    ],
    [
      'a host port',
      PODS,
      onContainer({ ports: [{ containerPort: 1, hostPort: 1 }] }),
      /hostPort: Forbidden/,
    ],
    [
      'a UDP port',
      PODS,
      onContainer({ ports: [{ containerPort: 1, protocol: 'UDP' }] }),
      /protocol: Unsupported value: "UDP"/,
    ],
    [
      'the host network',
      PODS,
      pod('p', { hostNetwork: true }),
      /hostNetwork: Forbidden/,
    ],
    [
      'another node',
      PODS,
      pod('p', { nodeName: 'other' }),
      /nodeName: Unsupported value: "other".*"local"/,
    ],
    [
      'a node selector that nothing satisfies',
      PODS,
      pod('p', { nodeSelector: { disk: 'ssd' } }),
      /nodeSelector\[disk\].*never be scheduled/,
    ],
    [
      'a required anti-affinity',
      PODS,
      pod('p', {
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [{}],
          },
        },
      }),
      /requiredDuring.*Forbidden/,
    ],
    [
      'a gRPC probe',
      PODS,
      probe({ grpc: { port: 1 } }),
      /grpc: Forbidden.*httpGet/,
    ],
    [
      'a probe of two kinds',
      PODS,
      probe({ httpGet: { port: 1 }, tcpSocket: { port: 1 } }),
      /readinessProbe.*exactly one/,
    ],
    [
      'a probe of a port that has no such name',
      PODS,
      probe({ tcpSocket: { port: 'web' } }),
      /tcpSocket\.port.*"web"/,
    ],
    [
      'a liveness probe with two successes',
      PODS,
      onContainer({
        livenessProbe: { tcpSocket: { port: 1 }, successThreshold: 2 },
      }),
      /successThreshold.*between 1 and 1/,
    ],
    [
      'more requested than allowed',
      PODS,
      onContainer({
        resources: { limits: { memory: '1Mi' }, requests: { memory: '1Gi' } },
      }),
      /requests\.memory.*limit of 1Mi/,
    ],
    [
      'a resource that is not known',
      PODS,
      onContainer({ resources: { limits: { 'nvidia.com/gpu': '1' } } }),
      /nvidia\.com\/gpu.*cpu and memory/,
    ],
    [
      'a variable with two sources',
      PODS,
      onContainer({
        env: [
          {
            name: 'A',
            value: 'x',
            valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
          },
        ],
      }),
      /env\[0\]\.valueFrom/,
    ],
    [
      'a pod field that cannot be a variable',
      PODS,
      onContainer({
        env: [
          { name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.secret' } } },
        ],
      }),
      /fieldPath.*must be one of metadata\.name/,
    ],
  ]);
});
