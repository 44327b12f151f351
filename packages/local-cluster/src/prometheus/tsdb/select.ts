import { QueryError, type SelectedSeries } from '../types.ts';
import type { Block } from './block.ts';
import { readChunk, type SampleSink } from './read-chunk.ts';
import type { Series } from './series.ts';

interface BlockPart {
  block: Block;
  /** Which of the found series, and where each is in the block's index. */
  nths: number[];
  places: number[];
}

const overlaps = (
  { minMs, maxMs }: { minMs: number; maxMs: number },
  fromMs: number,
  toMs: number,
) => maxMs > fromMs && minMs <= toMs;

const isIn = (
  head: { count: number; firstMs: number; lastMs: number },
  fromMs: number,
  toMs: number,
) => head.count > 0 && head.lastMs > fromMs && head.firstMs <= toMs;

/** Where series of ascending refs are in a block: one walk over both. */
function placesIn(block: Block, found: readonly Series[]): BlockPart {
  const { refs } = block.index;
  const part: BlockPart = { block, nths: [], places: [] };
  // Few series of many: each is looked up.
  const few = found.length * 8 < refs.length;
  let place = 0;
  for (let nth = 0; nth < found.length; nth += 1) {
    const { ref } = found[nth];
    if (few) place = block.find(ref);
    else while (place < refs.length && refs[place] < ref) place += 1;
    if (place >= 0 && refs[place] === ref) {
      part.nths.push(nth);
      part.places.push(place);
    }
  }
  return part;
}

interface Selection {
  fromMs: number;
  toMs: number;
  limit: number;
  /** Told of samples as they are read. */
  onRead?: (samples: number) => void;
}

/**
 * The samples of series, in ascending order of their refs, from blocks and then from what is in none yet.
 * @throws QueryError when there are more than `limit`
 */
export function selectSamples(
  found: readonly Series[],
  blocks: readonly Block[],
  { fromMs, toMs, limit, onRead }: Selection,
): SelectedSeries[] {
  const parts = blocks
    .filter(({ index }) => overlaps(index, fromMs, toMs))
    .map(block => placesIn(block, found));
  const counts = new Uint32Array(found.length);
  for (const { block, nths, places } of parts) {
    for (let i = 0; i < nths.length; i += 1) {
      counts[nths[i]] += block.index.samples[places[i]];
    }
  }
  let all = 0;
  for (const [nth, { head }] of found.entries()) {
    if (isIn(head, fromMs, toMs)) counts[nth] += head.count;
    all += counts[nth];
  }
  if (all > limit) {
    throw new QueryError(
      'execution',
      `the query would read ${all} samples, more than the ${limit} that one may: ask for less time or fewer series`,
    );
  }
  // One large piece of memory goes back to the system when it is let go; thousands of small ones stay with the process.
  const times = new Float64Array(all);
  const values = new Float64Array(all);
  let used = 0;
  const sinks: SampleSink[] = Array.from(counts, count => {
    const from = used;
    used += count;
    return {
      timesMs: times.subarray(from, used),
      values: values.subarray(from, used),
      length: 0,
    };
  });
  for (const { block, nths, places } of parts) {
    block.read(places, (i, bytes, start, end) => {
      onRead?.(block.index.samples[places[i]]);
      readChunk(bytes, start, end, fromMs, toMs, sinks[nths[i]]);
    });
  }
  return found.flatMap(({ labels, head }, nth) => {
    const sink = sinks[nth];
    if (isIn(head, fromMs, toMs)) {
      onRead?.(head.count);
      readChunk(head.bytes, 0, head.length, fromMs, toMs, sink);
    }
    if (sink.length === 0) return [];
    return {
      labels,
      timesMs: sink.timesMs.subarray(0, sink.length),
      values: sink.values.subarray(0, sink.length),
    };
  });
}

/** Whether a series has a chunk in the time. */
export function isPresent(
  { ref, head }: Series,
  blocks: readonly Block[],
  fromMs: number,
  toMs: number,
): boolean {
  return (
    isIn(head, fromMs, toMs) ||
    blocks.some(
      block => overlaps(block.index, fromMs, toMs) && block.find(ref) >= 0,
    )
  );
}
