import type { LogChunk } from '@ghostlight/plugin-clusters-node';
import { compareTimes } from './compareTimes';

/** Merges streams that are each in order; holds one line of each. */
export async function* mergeByTime(
  streams: AsyncIterable<LogChunk>[],
): AsyncGenerator<LogChunk> {
  const iterators = streams.map(stream => stream[Symbol.asyncIterator]());
  const next = async (index: number): Promise<LogChunk | undefined> => {
    const result = await iterators[index].next();
    return result.done ? undefined : result.value;
  };
  try {
    const heads = await Promise.all(iterators.map((_, index) => next(index)));
    for (;;) {
      const first = earliest(heads);
      const chunk = first === undefined ? undefined : heads[first];
      if (first === undefined || !chunk) {
        return;
      }
      yield chunk;
      heads[first] = await next(first);
    }
  } finally {
    await Promise.all(iterators.map(iterator => iterator.return?.()));
  }
}

/** Index of the earliest; undefined when all have ended. */
function earliest(heads: Array<LogChunk | undefined>): number | undefined {
  let found: { index: number; at: string } | undefined;
  heads.forEach((head, index) => {
    if (head && (!found || compareTimes(head.at, found.at) < 0)) {
      found = { index, at: head.at };
    }
  });
  return found?.index;
}
