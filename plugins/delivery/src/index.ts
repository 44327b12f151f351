/// <reference types="@backstage/cli/asset-types" />

/**
 * The Delivery tab: what runs where, what can be deployed, and how it went.
 *
 * @packageDocumentation
 */
export { deliveryPlugin as default } from './plugin';
