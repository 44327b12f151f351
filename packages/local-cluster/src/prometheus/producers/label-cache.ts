import type { Labels } from '../types.ts';
import { makeLabels } from '../tsdb/labels.ts';

/** Labels by a key that is quicker to make than they are, for what is collected again and again. */
export class LabelCache {
  #before = new Map<string, Labels>();
  #now = new Map<string, Labels>();

  /** What was not asked for since the last time is forgotten. */
  begin(): void {
    [this.#before, this.#now] = [this.#now, this.#before];
    this.#now.clear();
  }

  of(key: string, make: () => Record<string, string>): Labels {
    const labels =
      this.#now.get(key) ??
      this.#before.get(key) ??
      makeLabels(Object.entries(make()));
    this.#now.set(key, labels);
    return labels;
  }
}
