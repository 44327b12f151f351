export { Metrics } from './Metrics';
export { trafficWords } from './trafficWords';
