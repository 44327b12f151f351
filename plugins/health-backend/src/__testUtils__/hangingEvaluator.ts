/** A replica in a process of its own, which takes a component, says so, and never comes back. */
import { text } from 'node:stream/consumers';
import type { LoggerService } from '@backstage/backend-plugin-api';
import createKnex from 'knex';
import { createEvaluator, FakeWorld } from './createEvaluator';
import { FakeMetrics } from './FakeMetrics';

const quiet: LoggerService = {
  error: message => void process.stderr.write(`${message}\n`),
  warn: message => void process.stderr.write(`${message}\n`),
  info: () => {},
  debug: () => {},
  child: () => quiet,
};

async function main() {
  const { client, connection, leaseMs, file } = JSON.parse(
    await text(process.stdin),
  );
  const world = new FakeWorld(['orders'], file);
  world.beforeObserve = async ({ metadata }) => {
    process.stdout.write(`looking at ${metadata.name}\n`);
    await new Promise(() => {
      // Until it is killed.
      setInterval(() => {}, 60_000);
    });
  };
  const { evaluator } = createEvaluator({
    knex: createKnex({ client, connection }),
    world,
    metrics: new FakeMetrics(),
    now: () => new Date(),
    logger: quiet,
    leaseMs,
  });
  await evaluator.evaluateDue();
}

main().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
