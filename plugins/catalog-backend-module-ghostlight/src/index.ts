/**
 * Entities that the repositories of the forge declare.
 *
 * @packageDocumentation
 */
export { catalogModuleGhostlight as default } from './module';
