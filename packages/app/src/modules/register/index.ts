export { registerModule } from './registerModule';
