export { Replicas } from './Replicas';
