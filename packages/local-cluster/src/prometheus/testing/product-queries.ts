const ALL = 'reporter="source",destination_workload_namespace="default"';
const ORDERS = `${ALL},destination_workload="orders"`;
const REFUSED =
  'reporter="source",destination_workload="unknown",destination_service_namespace="default",destination_service_name=~"orders|orders-api"';
const REQUESTS = 'istio_requests_total';
const BUCKETS = 'istio_request_duration_milliseconds_bucket';
const CONTAINERS =
  'namespace="default",pod=~"orders-[a-z0-9]+(-[a-z0-9]{5})?",container!="",container!="POD"';
const FAILED = 'response_code=~"5..|0"';

const rate = (set: string, window: string, refused = REFUSED) =>
  `rate(${REQUESTS}{${set}}[${window}]) or rate(${REQUESTS}{${refused}}[${window}])`;

/** Windows of the Health tab and of burn rates. */
const WINDOWS = ['5m', '30m', '1h', '6h', '24h'];

/** What the portal asks, as `istio` and `cadvisor` presets write it; those with long windows over few points. */
export const productQueries: readonly { query: string; slow?: boolean }[] = [
  { query: `sum(${rate(ORDERS, '1m')})` },
  {
    query: `sum(${rate(`${ORDERS},${FAILED}`, '2m', `${REFUSED},${FAILED}`)})`,
  },
  {
    query: `sum(rate(${REQUESTS}{${ORDERS},destination_canonical_revision="v1"}[5m]))`,
  },
  { query: `sum by (le) (rate(${BUCKETS}{${ORDERS}}[2m]))` },
  ...[0.5, 0.95, 0.99].map(quantile => ({
    query: `histogram_quantile(${quantile}, sum by (le) (rate(${BUCKETS}{${ORDERS}}[5m])))`,
  })),
  {
    query: `sum by (source_workload, source_workload_namespace, destination_workload, destination_service_name, response_code) (${rate(
      ALL,
      '5m',
    )})`,
  },
  {
    query: `histogram_quantile(0.95, sum by (destination_workload, le) (rate(${BUCKETS}{${ALL}}[15m])))`,
  },
  {
    query: `max(sum by (pod) (rate(container_cpu_usage_seconds_total{${CONTAINERS}}[2m])))`,
  },
  {
    query: `max(sum by (pod) (container_memory_working_set_bytes{${CONTAINERS}}))`,
  },
  {
    query: `0 * count(container_memory_working_set_bytes{${CONTAINERS}}) and count(${REQUESTS}{${ALL}})`,
  },
  {
    query: `sum by (pod) (container_memory_working_set_bytes{${CONTAINERS}}) / on (pod) sum by (pod) (kube_pod_container_resource_limits{resource="memory"})`,
  },
  {
    query:
      'sum by (pod) (increase(kube_pod_container_status_restarts_total{namespace="default"}[10m]))',
  },
  {
    query:
      'kube_deployment_status_replicas_ready{deployment="orders"} < kube_deployment_spec_replicas',
  },
  {
    query: `max_over_time(container_memory_working_set_bytes{${CONTAINERS}}[10m])`,
  },
  { query: `sum(irate(${REQUESTS}{${ALL}}[2m])) by (destination_workload)` },
  {
    query: `sum(rate(${REQUESTS}{${ALL}}[5m])) / sum(rate(${REQUESTS}{${ALL}}[5m] offset 1h))`,
  },
  ...WINDOWS.flatMap(window => [
    { query: `sum(increase(${REQUESTS}{${ORDERS}}[${window}]))`, slow: true },
    {
      query: `sum(rate(${REQUESTS}{${ORDERS},${FAILED}}[${window}])) / sum(rate(${REQUESTS}{${ORDERS}}[${window}]))`,
      slow: true,
    },
    {
      query: `1 - sum(increase(${BUCKETS}{${ORDERS},le="250"}[${window}])) / sum(increase(${BUCKETS}{${ORDERS},le="+Inf"}[${window}]))`,
      slow: true,
    },
  ]),
];
