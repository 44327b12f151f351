import { SharedAnswers } from './SharedAnswers';

let asked: string[];
let shared: SharedAnswers<string>;
const get = (key: string, answer: string) =>
  shared.get(key, async () => {
    asked.push(key);
    return answer;
  });

beforeEach(() => {
  asked = [];
  shared = new SharedAnswers({
    maxAgeMs: 2_000,
    max: 100,
    maxBytes: 10,
    sizeOf: ({ length }) => length,
    now: () => 0,
  });
});

it('keeps no more bytes than it may: the oldest answers go', async () => {
  await get('a', '1234');
  await get('b', '1234');
  await get('a', '1234');
  expect(asked).toEqual(['a', 'b']);
  await get('c', '1234');
  await get('b', '1234');
  await get('c', '1234');
  expect(asked).toEqual(['a', 'b', 'c']);
  await get('a', '1234');
  expect(asked).toEqual(['a', 'b', 'c', 'a']);
});

it('gives an answer that is too large to all who wait for it, and keeps the others instead', async () => {
  await get('small', '1');
  const large = 'x'.repeat(11);
  expect(await Promise.all([get('large', large), get('large', large)])).toEqual(
    [large, large],
  );
  await get('large', large);
  await get('small', '1');
  expect(asked).toEqual(['small', 'large', 'large']);
});
