/**
 * Repositories of the forge and the Markdown documents in them, for the search.
 *
 * @packageDocumentation
 */
export { searchModuleGhostlight as default } from './module';
