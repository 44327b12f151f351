import { mockServices } from '@backstage/backend-test-utils';
import { FakePrometheus } from './FakePrometheus';

/** Configuration of a backend whose environment `local` has this Prometheus; `blind` has none. */
export function measured(prometheusUrl: string) {
  return mockServices.rootConfig.factory({
    data: {
      backend: { listen: { port: 0 } },
      ghostlight: {
        environments: [
          {
            name: 'local',
            tier: 'development',
            cluster: 'local',
            prometheus: {
              url: prometheusUrl,
              timeout: 'PT2S',
              scrapeInterval: 'PT5S',
            },
          },
          { name: 'blind', tier: 'development', cluster: 'local' },
        ],
      },
      kubernetes: {
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: [
              {
                name: 'local',
                url: 'https://127.0.0.1:1',
                authProvider: 'serviceAccount',
                serviceAccountToken: 't',
              },
            ],
          },
        ],
      },
    },
  });
}

/** Ten requests a second to `orders`, 2 % of them fail; p95 is 84 ms. */
export async function startPrometheus(): Promise<FakePrometheus> {
  const prometheus = await FakePrometheus.start();
  const to = { destination_workload: 'orders' };
  return prometheus
    .on(/^sum\(rate\(istio_requests_total/, [{}, 10])
    .on(/^sum\(rate\(istio_requests_total.*response_code=~/, [{}, 0.2])
    .on(
      /^sum by \(le\)/,
      [{ le: '50' }, 8],
      [{ le: '100' }, 10],
      [{ le: '+Inf' }, 10],
    )
    .on(/container_cpu/, [{}, 0.25])
    .on(/^max\(sum by \(pod\) \(container_memory/, [{}, 64 * 1024 * 1024])
    .on(
      /^sum by \(destination_workload, destination_service_name/,
      [{ ...to, response_code: '200' }, 9.8],
      [{ ...to, response_code: '503' }, 0.2],
    )
    .on(/^histogram_quantile\(0\.95, sum by \(destination_workload, le/, [
      to,
      84,
    ]);
}
