export { Fact, Facts } from './Fact';
export type { FactProps } from './Fact';
