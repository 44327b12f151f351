export { Status, statusLook } from './Status';
export type { StatusProps, StatusTone, StatusValue } from './Status';
