export {
  startPrometheus,
  type Prometheus,
  type PrometheusDeps,
} from './start-prometheus.ts';
