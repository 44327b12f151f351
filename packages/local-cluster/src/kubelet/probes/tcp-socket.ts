import { connect } from 'node:net';
import {
  networkError,
  type ProbeCheck,
  type ProbeOutcome,
} from './probe-check.ts';

export function tcpSocketCheck(port: number): ProbeCheck {
  return signal =>
    new Promise<ProbeOutcome>(resolve => {
      const socket = connect({ host: '127.0.0.1', port, signal });
      const settle = (ok: boolean, words: string) => {
        socket.destroy();
        resolve({ ok, message: `connect 127.0.0.1:${port}: ${words}` });
      };
      socket.on('connect', () => settle(true, 'connected'));
      socket.on('error', error =>
        settle(
          false,
          signal.aborted ? 'no answer in time' : networkError(error),
        ),
      );
    });
}
