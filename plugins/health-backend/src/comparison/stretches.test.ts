import { ago, NOW, workloadOf } from '../__testUtils__/views';
import { stretchesOf } from './stretches';

const revision = workloadOf().revision!;
const nowMs = NOW.getTime();
const old = (seconds: number) => ({
  ...revision,
  hash: `old${seconds}`,
  at: ago(seconds),
});
const of = (currentAgo: number, ...others: number[]) => {
  const current = { ...revision, at: ago(currentAgo) };
  return stretchesOf(
    workloadOf({
      revision: current,
      revisions: [current, ...others.map(old)],
    }),
    nowMs,
  )!;
};
const seconds = (stretch: { fromMs: number; toMs: number }) => [
  (nowMs - stretch.fromMs) / 1_000,
  (nowMs - stretch.toMs) / 1_000,
];

it('takes as long before the deploy as after its settling', () => {
  const { before, after, previous, notes } = of(630, 86_400);
  expect(seconds(after)).toEqual([600, 0]);
  expect(seconds(before)).toEqual([1_230, 630]);
  expect(previous?.hash).toBe('old86400');
  expect(notes).toEqual([]);
});

it('takes an hour at most', () => {
  const { before, after } = of(86_400, 200_000);
  expect(seconds(after)).toEqual([86_370, 82_770]);
  expect(seconds(before)).toEqual([90_000, 86_400]);
});

it('does not reach into the settling of the deploy before', () => {
  const { before, notes, previous } = of(630, 900, 86_400);
  expect(seconds(before)).toEqual([870, 630]);
  expect(previous?.hash).toBe('old900');
  expect(notes).toHaveLength(1);
});

it('is empty right after the deploy, and missing without one', () => {
  const { before, after } = of(10);
  expect(after.toMs).toBe(after.fromMs);
  expect(before.toMs).toBe(before.fromMs);
  expect(stretchesOf(workloadOf({ revision: undefined }), nowMs)).toBe(
    undefined,
  );
});
