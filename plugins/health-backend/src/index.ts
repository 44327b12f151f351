/**
 * What runs, how it is and why.
 *
 * @packageDocumentation
 */

export { healthPlugin as default } from './plugin';
