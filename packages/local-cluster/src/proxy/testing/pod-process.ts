import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

// Answers with its own pid after `?ms=`; on SIGTERM it does what a well-behaved service does.
const PROGRAM = `
const http = require('node:http');
const server = http.createServer((request, response) => {
  const wait = Number(new URL(request.url, 'http://pod').searchParams.get('ms') ?? 2);
  let length = 0;
  request.on('data', chunk => { length += chunk.length; });
  request.on('end', () => setTimeout(() => response.end(process.pid + ' ' + length), wait));
});
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;

export interface PodProcess {
  pid: number;
  port: number;
  /** Resolves with the exit code and how long the end took. */
  terminate(): Promise<{ code: number | null; tookMs: number }>;
  kill(): void;
}

/** A pod's process: real Node, real sockets. */
export async function startPodProcess(): Promise<PodProcess> {
  const child: ChildProcess = spawn(process.execPath, ['-e', PROGRAM], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [port] = await once(child, 'message');
  child.disconnect();
  return {
    pid: child.pid ?? 0,
    port: Number(port),
    async terminate() {
      const startedMs = performance.now();
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = await exit;
      return { code, tookMs: performance.now() - startedMs };
    },
    kill() {
      child.kill('SIGKILL');
    },
  };
}
