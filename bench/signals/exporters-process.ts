import { createServer } from 'node:http';

const TARGETS = 100;
const ROUTES = 8;
const BOUNDS = ['0.01', '0.05', '0.1', '0.5', '1', '+Inf'];

/** What a small Node service shows: about 75 series, most of them growing. */
function page(served: number): string {
  const lines = [
    '# HELP http_requests_total Requests.',
    '# TYPE http_requests_total counter',
  ];
  for (let route = 0; route < ROUTES; route += 1) {
    const labels = `method="GET",route="/api/v1/resource-${route}"`;
    lines.push(
      `http_requests_total{${labels},status="200"} ${served * (route + 3)}`,
      `http_requests_total{${labels},status="500"} ${served >> route}`,
    );
    for (const [i, le] of BOUNDS.entries()) {
      lines.push(
        `http_request_duration_seconds_bucket{${labels},le="${le}"} ${
          served * (route + i)
        }`,
      );
    }
  }
  lines.push(
    '# TYPE process_cpu_seconds_total counter',
    `process_cpu_seconds_total ${(served * 0.013).toFixed(6)}`,
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${5e7 + ((served * 7919) % 1e6)}`,
    `nodejs_eventloop_lag_seconds ${Math.random()}`,
  );
  for (let space = 0; space < ROUTES; space += 1) {
    lines.push(
      `nodejs_heap_space_size_used_bytes{space="space-${space}"} ${
        1e6 + served * space
      }`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** A hundred exporters in one process; tells their ports. */
async function main(): Promise<void> {
  const ports = await Promise.all(
    Array.from(
      { length: TARGETS },
      () =>
        new Promise<number>((resolve, reject) => {
          let served = 0;
          const server = createServer((_request, response) => {
            served += 1;
            response.setHeader('content-type', 'text/plain; version=0.0.4');
            response.end(page(served));
          });
          server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            if (address && typeof address === 'object') resolve(address.port);
            else reject(new Error('no port'));
          });
        }),
    ),
  );
  process.send?.(ports);
  process.on('disconnect', () => process.exit(0));
}

void main();
