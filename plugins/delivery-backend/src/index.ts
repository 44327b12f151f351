/**
 * Builds a commit of a component, applies its manifests and watches the rollout.
 *
 * @packageDocumentation
 */
export { deliveryPlugin as default } from './plugin';
