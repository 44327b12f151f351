export { ClonePanel } from './ClonePanel';
