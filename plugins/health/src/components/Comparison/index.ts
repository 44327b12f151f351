export { CompareDeploys } from './CompareDeploys';
export { lastDeployed, verdicts } from './verdicts';
