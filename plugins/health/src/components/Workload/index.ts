export { Workload } from './Workload';
