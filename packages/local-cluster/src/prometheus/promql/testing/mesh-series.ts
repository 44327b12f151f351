import type { InputSeries } from './notation.ts';

const REACHED =
  'reporter="source",destination_workload_namespace="default",destination_service_namespace="default"';

/** Cumulative buckets in milliseconds that grow by so much each interval. */
function histogram(
  workload: string,
  growth: Record<string, string>,
): InputSeries[] {
  return Object.entries(growth).map(([le, values]) => ({
    series: `istio_request_duration_milliseconds_bucket{${REACHED},destination_workload="${workload}",le="${le}"}`,
    values,
  }));
}

const requests = (
  source: string,
  workload: string,
  code: string,
  values: string,
  more = '',
): InputSeries => ({
  series: `istio_requests_total{${REACHED},source_workload="${source}",destination_workload="${workload}",destination_service_name="${
    workload === 'unknown' ? 'orders' : workload
  }",response_code="${code}"${more}}`,
  values,
});

/** Metrics as a mesh, cAdvisor and applications write them, with all that goes wrong: restarts, gaps, ends, late starts. Every 15 s. */
export const meshSeries: InputSeries[] = [
  requests('web', 'orders', '200', '0+7x100'),
  requests('web', 'orders', '500', '_x20 0+1x30 3+1x40'),
  requests('unknown', 'orders', '200', '0+3x40 0+3x60'),
  requests('web', 'payments', '200', '100+11x35 stale _x10 5+11x50'),
  requests('web', 'unknown', '0', '_x40 1+1x20 stale', ',response_flags="DC"'),
  requests('web', 'unknown', '503', '_x30 2+2x40', ',response_flags="UH"'),
  requests('orders', 'payments', '200', '5 9 _ 17 _x6 40+2x30 _ _ 3+4x45'),
  requests('orders', 'payments', '404', '0x100'),
  {
    series:
      'istio_requests_total{reporter="destination",destination_workload="orders",destination_workload_namespace="default",response_code="200"}',
    values: '0+10x100',
  },
  ...histogram('orders', {
    1: '0x100',
    5: '0+1x100',
    10: '0+4x100',
    25: '0+5x100',
    100: '0+9x100',
    '+Inf': '0+10x100',
  }),
  ...histogram('payments', {
    10: '0+2x50 0+2x49',
    50: '0+3x50 0+3x49',
    100: '0+2x50 0+2x49',
    '+Inf': '0+5x50 0+5x49',
  }),
  ...histogram('infinite', { '+Inf': '0+5x100' }),
  ...histogram('endless', { 10: '0+5x100', 20: '0+7x100' }),
  ...histogram('idle', { 10: '4x100', 20: '6x100', '+Inf': '7x100' }),
  ...histogram('negative', {
    '-5': '0+1x100',
    0: '0+2x100',
    '+Inf': '0+3x100',
  }),
  ...histogram('twice', {
    10: '0+1x100',
    '10.0': '0+2x100',
    '+Inf': '0+3x100',
  }),
  ...histogram('named', { many: '0+1x100', 10: '0+2x100', '+Inf': '0+3x100' }),
  ...['orders-1', 'orders-2', 'payments-1'].flatMap((pod, index) => [
    {
      series: `container_cpu_usage_seconds_total{namespace="default",pod="${pod}",container="app"}`,
      values: `${index}+0.125x60 stale _x10 0+0.25x29`,
    },
    {
      series: `container_cpu_usage_seconds_total{namespace="default",pod="${pod}",container=""}`,
      values: '0+9x100',
    },
    {
      series: `container_memory_working_set_bytes{namespace="default",pod="${pod}",container="app"}`,
      values: `${1_000_000 * (index + 1)}+4096x50 2000000-512x49`,
    },
    {
      series: `kube_pod_container_resource_limits{namespace="default",pod="${pod}",container="app",resource="memory",unit="byte"}`,
      values: '67108864x100',
    },
    {
      series: `kube_pod_container_status_restarts_total{namespace="default",pod="${pod}",container="app"}`,
      values: `0x30 1x${index} 2x30 0x20`,
    },
    {
      series: `kube_pod_info{namespace="default",pod="${pod}",node="n${
        index % 2
      }"}`,
      values: '1x100',
    },
  ]),
  {
    series:
      'kube_deployment_spec_replicas{namespace="default",deployment="orders"}',
    values: '2x100',
  },
  {
    series:
      'kube_deployment_status_replicas_ready{namespace="default",deployment="orders"}',
    values: '2x40 1x10 0x5 2x30',
  },
  { series: 'up{job="a",instance="1"}', values: '1x40 0x10 1x20 stale' },
  { series: 'up{job="a",instance="2"}', values: '1x100' },
  { series: 'up{job="b",instance="1"}', values: '_x50 1x10' },
  {
    series: 'gauge{kind="wave"}',
    values: '1 5 -3 8 2 0.5 -7 4 4 4 9 1x20 -2+0.5x30',
  },
  {
    series: 'gauge{kind="odd"}',
    values: '1 NaN 3 Inf -Inf NaN 2 2x20 NaN NaN 5x40',
  },
  { series: 'gauge{kind="huge"}', values: '1e300+1e299x40 1e-300x40' },
  { series: 'gauge{kind="flat"}', values: '4.25x100' },
  { series: 'version{app="orders",version="1.2.3-rc.1"}', values: '1x100' },
];
