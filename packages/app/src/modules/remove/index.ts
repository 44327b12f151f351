export { removeModule } from './removeModule';
