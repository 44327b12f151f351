import type { Entity } from '@backstage/catalog-model';
import { component } from '../__testUtils__/entities';
import { FakePrometheus } from '../__testUtils__/FakePrometheus';
import { measured } from '../__testUtils__/measured';
import { startHealth } from '../__testUtils__/startHealth';
import { environmentOf, workloadOf } from '../__testUtils__/views';

const SHOP = 'system:default/shop';
const ref = (name: string) => `component:default/${name}`;
const entities: Entity[] = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'System',
    metadata: { name: 'shop', namespace: 'default' },
    relations: ['orders', 'web'].map(name => ({
      type: 'hasPart',
      targetRef: ref(name),
    })),
  },
  component('orders'),
  component('web'),
];

describe('of a Prometheus that knows but a part of the window', () => {
  const query24h = { environment: 'local', window: 'PT24H' as const };
  let partly: FakePrometheus;
  let young: Awaited<ReturnType<typeof startHealth>>;

  beforeAll(async () => {
    partly = await FakePrometheus.start();
    const orders = { destination_workload: 'orders', response_code: '200' };
    const web = {
      ...orders,
      source_workload: 'web',
      source_workload_namespace: 'default',
    };
    const windowOf = (seconds: number) =>
      new RegExp(`^sum by \\(%.*\\[${seconds}s\\]`);
    const of = (group: string, pattern: RegExp) =>
      new RegExp(pattern.source.replace('%', group));
    partly
      .on(/^sum by \(destination_workload, destination_service_name/, [
        orders,
        0.65,
      ])
      .since(new Date(Date.now() - 5 * 60_000));
    // 0.65 requests a second for the last 5 min: divided by a day, that is next to nothing.
    for (const [seconds, rate] of [
      [300, 0.65],
      [86_400, (0.65 * 300) / 86_400],
    ]) {
      partly
        .on(of('source_workload', windowOf(seconds)), [web, rate])
        .on(of('destination_workload, dest', windowOf(seconds)), [
          orders,
          rate,
        ]);
    }
    young = await startHealth({ entities, features: [measured(partly.url)] });
    young.fake.found.clear();
    for (const name of ['web', 'orders']) {
      const workload = workloadOf();
      young.fake.found.set(name, [
        environmentOf('local', [
          workloadOf({ ref: { ...workload.ref, name } }),
        ]),
      ]);
    }
  });

  afterAll(async () => {
    await young.stop();
    await partly.stop();
  });

  it('gives rates of the time that is known, and says which', async () => {
    const map = await young.health.getMap(SHOP, query24h);
    const { requestsPerSecond: perSecond } = map.nodes[0];
    expect(perSecond).toBeGreaterThan(0.55);
    expect(perSecond).toBeLessThan(0.75);
    expect(map.edges.find(({ from }) => from === ref('web'))).toMatchObject({
      requestsPerSecond: perSecond,
    });
    expect(map.notes).toEqual([
      expect.stringMatching(
        /^requests are known for 5 min of the last 24 h: rates are of that time$/,
      ),
    ]);
  });
});
