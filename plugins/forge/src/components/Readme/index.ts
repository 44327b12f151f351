export { Readme } from './Readme';
