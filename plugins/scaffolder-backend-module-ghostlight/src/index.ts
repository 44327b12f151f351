/**
 * Template actions that publish, deploy and register a service.
 *
 * @packageDocumentation
 */
export { scaffolderModuleGhostlight as default } from './module';
