export { Branches } from './Branches';
