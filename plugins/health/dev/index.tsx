/// <reference types="@backstage/cli/asset-types" />
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend -- here this is the app
import '@backstage/ui/css/styles.css';
import type { Entity } from '@backstage/catalog-model';
import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import {
  SignInPageBlueprint,
  SignInPageProps,
} from '@backstage/plugin-app-react';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type {
  AlertQuery,
  HealthMap,
  HealthMetrics,
  HealthReport,
  HealthWindow,
  LogStreamEvent,
} from '@ghostlight/plugin-health-common';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { healthApiRef } from '../src/api';
import catalogModule from '../src/alpha';
import healthPlugin from '../src';
import { aComparison, aWorkloadComparison } from '../src/testing/comparison';
import { aCrowdedMap } from '../src/testing/crowdedMap';
import { FakeHealthApi } from '../src/testing/FakeHealthApi';
import { metricsWithoutTraffic, someMetrics } from '../src/testing/metrics';
import { aMistakenServiceFile } from '../src/testing/objectives';
import {
  aCrowdedReport,
  aDeadClusterReport,
  aNotAnnotatedReport,
  anEnvironment,
  aNothingDeployedReport,
  aReport,
  ago,
  aTroubledReport,
  aWorkload,
} from '../src/testing/reports';

const reports: Record<string, () => Promise<HealthReport> | HealthReport> = {
  healthy: aReport,
  troubled: aTroubledReport,
  crowded: aCrowdedReport,
  'dead-cluster': aDeadClusterReport,
  'not-annotated': aNotAnnotatedReport,
  'nothing-deployed': aNothingDeployedReport,
  'several-workloads': () =>
    aReport({
      environments: [
        anEnvironment({
          workloads: [aWorkload('orders'), aWorkload('orders-worker')],
        }),
      ],
    }),
  'no-traffic': aReport,
  'metrics-not-configured': aReport,
  'metrics-unavailable': aReport,
  'metrics-lost': aReport,
  loading: () => new Promise(() => {}),
  broken: () => {
    throw new Error('Request failed with 503 Service Unavailable.');
  },
};

const entities = Object.keys(reports).map(
  (name): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations:
        name === 'not-annotated' ? {} : { 'backstage.io/kubernetes-id': name },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'team-checkout' },
  }),
);

/** The second is a maze, the third has figures that need much room. */
const systems = ['storefront', 'crowd', 'long-figures'].map(
  (name): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'System',
    metadata: { name, namespace: 'default' },
    spec: { owner: 'team-checkout' },
    relations: [{ type: 'hasPart', targetRef: 'component:default/healthy' }],
  }),
);

async function* chatter(): AsyncGenerator<LogStreamEvent> {
  const pods = ['orders-7d4f9c6b5-x2k4p', 'orders-7d4f9c6b5-b8m1q'];
  for (let n = 1; ; n += 1) {
    const pod = pods[n % 2];
    yield { type: 'line', id: `${n}`, line: { pod, at: ago(0), n, ...say(n) } };
    if (n === 40) {
      yield { type: 'gap', gap: { dropped: 120, at: ago(0) } };
    }
    if (n > 12_000) {
      await new Promise(resolve => setTimeout(resolve, 400));
    }
  }
}

function say(n: number) {
  if (n % 17 === 0) {
    return { text: 'ERROR cannot charge card: payments answered 503' };
  }
  if (n % 7 === 0) {
    return { text: `{"level":"warn","msg":"slow query","ms":${400 + n}}` };
  }
  return {
    text: `{"level":"info","msg":"request","method":"GET","path":"/orders/${n}","status":200,"ms":${
      n % 90
    }}`,
  };
}

function SignInAsNobody(props: SignInPageProps) {
  const { onSignInSuccess } = props;
  useEffect(() => {
    onSignInSuccess({
      getProfileInfo: async () => ({ displayName: 'Nobody' }),
      getBackstageIdentity: async () => ({
        type: 'user',
        userEntityRef: 'user:default/nobody',
        ownershipEntityRefs: [],
      }),
      getCredentials: async () => ({}),
      signOut: async () => {},
    });
  }, [onSignInSuccess]);
  return null;
}

const unavailable: Partial<HealthMetrics> = {
  workloads: [],
  deploys: [],
  problem: {
    code: 'unavailable',
    message:
      'The Prometheus of local at http://127.0.0.1:7010/prometheus did not answer within 10 s.',
    hint: 'It is asked again by itself.',
  },
};

const metrics: Record<string, (window: HealthWindow) => HealthMetrics> = {
  'several-workloads': window =>
    someMetrics({ window, workloads: ['orders', 'orders-worker'] }),
  'no-traffic': metricsWithoutTraffic,
  'metrics-not-configured': () =>
    someMetrics({
      changes: {
        workloads: [],
        deploys: [],
        problem: {
          code: 'not-configured',
          message: 'No Prometheus is configured for local.',
        },
      },
    }),
  'metrics-unavailable': () => someMetrics({ changes: unavailable }),
};

/** Figures that need as much room as figures may. */
function withLongFigures(map: HealthMap): HealthMap {
  const figures = [
    { requestsPerSecond: 0.314, errorRatio: 0.0496, p95Ms: 472.3 },
    { requestsPerSecond: 1234, errorRatio: 0.083, p95Ms: 47.26 },
    { requestsPerSecond: 0.0212, errorRatio: 0.0004, p95Ms: 1840 },
  ];
  return {
    ...map,
    nodes: map.nodes.map((node, n) => ({ ...node, ...figures[n % 3] })),
    edges: map.edges.map((edge, n) => ({
      ...edge,
      ...(n !== 3 && figures[n % 3]),
      now: undefined,
      sources: n > 3 ? ['traffic'] : edge.sources,
    })),
  };
}

/** Answers for the entity that is asked about. */
class DevHealthApi extends FakeHealthApi {
  async getMetrics(
    entityRef: string,
    query: { environment: string; window: HealthWindow; to?: string },
  ) {
    const name = entityRef.split('/').at(-1) ?? '';
    if (name === 'metrics-lost' && this.metricsRequests.length > 0) {
      return someMetrics({ changes: unavailable });
    }
    return metrics[name]?.(query.window) ?? super.getMetrics(entityRef, query);
  }

  async getReport(entityRef?: string) {
    const name = entityRef?.split('/').at(-1) ?? '';
    return {
      ...(await reports[name]()),
      entityRef: `component:default/${name}`,
    };
  }

  async getMap(
    systemRef: string,
    query: { environment: string; window: HealthWindow },
  ) {
    if (systemRef.endsWith('/crowd')) {
      return { ...aCrowdedMap(28), window: query.window };
    }
    const map = await super.getMap(systemRef, query);
    return systemRef.endsWith('/long-figures') ? withLongFigures(map) : map;
  }

  async listAlerts(query: AlertQuery) {
    const [entityRef = ''] = query.entityRefs ?? [];
    return /no-traffic$|metrics-lost$/.test(entityRef)
      ? { items: [], page: 1, totalPages: 1, total: 0 }
      : super.listAlerts(query);
  }

  async getComparison(entityRef: string, environment: string) {
    const workload = aWorkloadComparison();
    return aComparison({
      entityRef,
      environment,
      workloads: [
        entityRef.endsWith('/troubled')
          ? {
              ...workload,
              verdict: 'worse',
              sentence:
                'Worse: 4.2 % errors after 0.21 %, p95 84 ms after 81 ms.',
              metrics: workload.metrics.map(metric =>
                metric.metric === 'errors'
                  ? { ...metric, verdict: 'worse' }
                  : metric,
              ),
            }
          : workload,
      ],
    });
  }

  async getObjectives(entityRef: string, environment: string) {
    const objectives = await super.getObjectives(entityRef, environment);
    if (entityRef.endsWith('/metrics-lost')) {
      const { serviceFile } = objectives;
      return {
        ...objectives,
        serviceFile: { ...serviceFile, state: 'missing' as const },
      };
    }
    return entityRef.endsWith('/troubled')
      ? { ...objectives, serviceFile: aMistakenServiceFile() }
      : objectives;
  }
}

const mocks = [
  createFrontendModule({
    pluginId: 'app',
    extensions: [
      SignInPageBlueprint.make({
        params: { loader: async () => SignInAsNobody },
      }),
    ],
  }),
  createFrontendModule({
    pluginId: 'health',
    extensions: [
      ApiBlueprint.make({
        params: defineParams =>
          defineParams({
            api: healthApiRef,
            deps: {},
            factory: () =>
              new DevHealthApi({
                logs: chatter,
                summaries: {
                  'component:default/healthy': {
                    status: 'healthy',
                    sentence: 'Healthy. 3 of 3 replicas ready.',
                    ready: 3,
                    desired: 3,
                  },
                  'component:default/troubled': {
                    status: 'degraded',
                    sentence: 'Degraded. 2 of 4 replicas ready.',
                    ready: 2,
                    desired: 4,
                  },
                },
              }),
          }),
      }),
    ],
  }),
  createFrontendModule({
    pluginId: 'catalog',
    extensions: [
      ApiBlueprint.make({
        params: defineParams =>
          defineParams({
            api: catalogApiRef,
            deps: {},
            factory: () =>
              catalogApiMock({ entities: [...entities, ...systems] }),
          }),
      }),
    ],
  }),
];

const app = createApp({
  features: [catalogPlugin, healthPlugin, catalogModule, ...mocks],
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(app.createRoot());
}
