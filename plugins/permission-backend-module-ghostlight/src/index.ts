export { permissionModuleGhostlight as default } from './module';
