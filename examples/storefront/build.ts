import { resolve } from 'node:path';
import { buildRepository } from '../../bin/lib/storefront-history.ts';
import { readStorefront } from '../../bin/lib/storefront.ts';

/** Makes the repository of one service, to look at: `node examples/storefront/build.ts orders /tmp/orders.git` */
async function main([name, into]: string[]): Promise<void> {
  const services = readStorefront();
  const service = services.find(each => each.name === name);
  if (!service || !into) {
    const names = services.map(each => each.name).join('|');
    throw new Error(`node examples/storefront/build.ts ${names} <new folder>`);
  }
  await buildRepository(service, resolve(into), new Date());
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
