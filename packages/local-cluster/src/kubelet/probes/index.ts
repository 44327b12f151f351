export { execCheck } from './exec.ts';
export { httpGetCheck } from './http-get.ts';
export { tcpSocketCheck } from './tcp-socket.ts';
export { probeLoop } from './probe-loop.ts';
export type { ProbeCheck, ProbeOutcome } from './probe-check.ts';
