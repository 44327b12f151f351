/**
 * Types, permissions and API client of Delivery.
 *
 * @packageDocumentation
 */
export * from './DeliveryClient';
export * from './permissions';
export * from './types';
