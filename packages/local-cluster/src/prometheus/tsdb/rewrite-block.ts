import { setImmediate } from 'node:timers/promises';
import type { Block } from './block.ts';
import { BlockBuilder } from './block-format.ts';
import { ChunkWriter } from './chunk-writer.ts';
import { readChunk, type SampleSink } from './read-chunk.ts';

/** Series rewritten before others get their turn: about a millisecond's work. */
const SERIES_AT_ONCE = 16;

/** Changes the samples of one series in place. */
export type EditSamples = (ref: number, sink: SampleSink) => void;

/**
 * Reads blocks that follow each other and makes one of what `edit` leaves of each series; undefined when nothing is left.
 * Yields now and then, so that it can be done at once or a little at a time.
 */
function* rewriting(
  blocks: readonly Block[],
  edit: EditSamples,
): Generator<void, Uint8Array | undefined, undefined> {
  const refs = Uint32Array.from(
    new Set(blocks.flatMap(({ index }) => [...index.refs])),
  ).sort();
  const builder = new BlockBuilder();
  const writer = new ChunkWriter();
  const sink: SampleSink = {
    timesMs: new Float64Array(1024),
    values: new Float64Array(1024),
    length: 0,
  };
  for (const [nth, ref] of refs.entries()) {
    if (nth % SERIES_AT_ONCE === SERIES_AT_ONCE - 1) yield;
    readAll(blocks, ref, sink);
    edit(ref, sink);
    if (sink.length === 0) continue;
    writer.clear();
    for (let i = 0; i < sink.length; i += 1) {
      writer.append(sink.timesMs[i], sink.values[i]);
    }
    builder.add(ref, writer);
  }
  return builder.chunks === 0 ? undefined : builder.build();
}

/** While it goes on, everything else does too. */
export async function rewriteSlowly(
  blocks: readonly Block[],
  edit: EditSamples,
): Promise<Uint8Array | undefined> {
  const steps = rewriting(blocks, edit);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await setImmediate();
  }
}

export function rewriteAtOnce(
  blocks: readonly Block[],
  edit: EditSamples,
): Uint8Array | undefined {
  const steps = rewriting(blocks, edit);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

function readAll(
  blocks: readonly Block[],
  ref: number,
  sink: SampleSink,
): void {
  const places = blocks.map(block => block.find(ref));
  const samples = blocks.reduce(
    (sum, { index }, i) =>
      places[i] < 0 ? sum : sum + index.samples[places[i]],
    0,
  );
  if (samples > sink.timesMs.length) {
    sink.timesMs = new Float64Array(samples * 2);
    sink.values = new Float64Array(samples * 2);
  }
  sink.length = 0;
  for (const [i, block] of blocks.entries()) {
    if (places[i] < 0) continue;
    block.read([places[i]], (_nth, bytes, start, end) =>
      readChunk(bytes, start, end, -Infinity, Infinity, sink),
    );
  }
}
