import type { MetricSource } from '@ghostlight/plugin-clusters-node';
import { environmentOf, NOW, workloadOf } from '../__testUtils__/views';
import { TrafficSource } from './TrafficSource';

const environments = [
  environmentOf(
    'local',
    Array.from({ length: 1000 }, (_, n) =>
      workloadOf({ ref: { ...workloadOf().ref, name: `w${n}` } }),
    ),
  ),
];

/** A source of metrics that answers when told to, and counts how often it is asked. */
function start() {
  let nowMs = NOW.getTime();
  const asked: Array<{ from: string; to: string }> = [];
  let answer: () => ReturnType<MetricSource['overview']> = async () => ({
    workloads: [
      { namespace: 'default', name: 'w1', requests: 1, requestsPerSecond: 1 },
    ],
    notes: [],
  });
  const source: Partial<MetricSource> = {
    overview: interval => {
      asked.push(interval);
      return answer();
    },
  };
  const traffic = new TrafficSource(
    { of: () => source as MetricSource },
    () => new Date(nowMs),
  );
  return {
    asked,
    keys: async () => [...(await traffic.of(environments)).keys()],
    later: (ms: number) => {
      nowMs += ms;
    },
    answers: (next: typeof answer) => {
      answer = next;
    },
  };
}

const KEYS = ['local/default/w1'];

it('asks once for a thousand workloads, and again after a while without making anybody wait', async () => {
  const { asked, keys, later, answers } = start();
  expect(await Promise.all([keys(), keys()])).toEqual([KEYS, KEYS]);
  later(4_999);
  expect(await keys()).toEqual(KEYS);
  expect(asked).toEqual([
    { from: '2026-03-01T11:55:00.000Z', to: '2026-03-01T12:00:00.000Z' },
  ]);
  later(1);
  answers(() => new Promise(() => {}));
  expect(await keys()).toEqual(KEYS);
  expect(asked).toHaveLength(2);
});

it('does without a Prometheus that fails, leaves it alone, and asks again', async () => {
  const { asked, keys, later, answers } = start();
  answers(() => Promise.reject(new Error('down')));
  expect(await keys()).toEqual([]);
  later(9_999);
  expect(await keys()).toEqual([]);
  expect(asked).toHaveLength(1);
  later(1);
  answers(async () => ({ workloads: [], notes: [] }));
  expect(await keys()).toEqual([]);
  expect(asked).toHaveLength(2);
});

it('gives no old numbers as if they were of now', async () => {
  const { keys, later, answers } = start();
  await keys();
  answers(() => Promise.reject(new Error('down')));
  later(30_000);
  expect(await keys()).toEqual([]);
});

it('waits for a slow one only once', async () => {
  const { keys, later, answers } = start();
  answers(() => new Promise(() => {}));
  const first = keys();
  later(800);
  const second = keys();
  await expect(
    Promise.race([first.then(() => 'first'), second.then(() => 'second')]),
  ).resolves.toBe('second');
  expect(await Promise.all([first, second])).toEqual([[], []]);
});
