import type { Labels } from '../types.ts';
import { ChunkWriter } from './chunk-writer.ts';

/** One series: what it is called and its newest samples, those that are in no block yet. */
export class Series {
  /** Unique as long as the data folder lives; blocks and logs mean a series by it. */
  readonly ref: number;
  readonly labels: Labels;
  readonly head = new ChunkWriter();
  /** It had no samples left and was taken out of the index; whoever goes on with it asks for it anew. */
  forgotten = false;

  constructor(ref: number, labels: Labels) {
    this.ref = ref;
    this.labels = labels;
  }
}
