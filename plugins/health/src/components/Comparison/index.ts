export { CompareDeploys } from './CompareDeploys';
export { lastDeployed, verdictClause } from './verdicts';
