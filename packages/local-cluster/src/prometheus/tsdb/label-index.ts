import type { Labels, Matcher } from '../types.ts';
import { hashLabels, sameLabels } from './labels.ts';
import { valueTest } from './value-test.ts';
import type { Series } from './series.ts';

const valueOf = (labels: Labels, name: string) =>
  Object.hasOwn(labels, name) ? labels[name] : '';

/** Finds series by their labels: for each name and value the series that have it, by ref in ascending order. */
export class LabelIndex {
  readonly #byRef = new Map<number, Series>();
  readonly #byHash = new Map<number, Series[]>();
  readonly #postings = new Map<string, Map<string, Series[]>>();

  get size(): number {
    return this.#byRef.size;
  }

  all(): IterableIterator<Series> {
    return this.#byRef.values();
  }

  find(labels: Labels): Series | undefined {
    return this.#byHash
      .get(hashLabels(labels))
      ?.find(series => sameLabels(series.labels, labels));
  }

  byRef(ref: number): Series | undefined {
    return this.#byRef.get(ref);
  }

  /** @param series - its ref greater than that of any other */
  add(series: Series): void {
    this.#byRef.set(series.ref, series);
    const hash = hashLabels(series.labels);
    const sameHash = this.#byHash.get(hash);
    if (sameHash) sameHash.push(series);
    else this.#byHash.set(hash, [series]);
    for (const name of Object.keys(series.labels)) {
      let values = this.#postings.get(name);
      if (!values) {
        values = new Map();
        this.#postings.set(name, values);
      }
      const value = series.labels[name];
      const having = values.get(value);
      if (having) having.push(series);
      else values.set(value, [series]);
    }
  }

  /** Forgets all but these. */
  retain(keep: (series: Series) => boolean): void {
    const kept: Series[] = [];
    for (const series of this.#byRef.values()) {
      if (keep(series)) kept.push(series);
      else series.forgotten = true;
    }
    if (kept.length === this.#byRef.size) return;
    this.#byRef.clear();
    this.#byHash.clear();
    this.#postings.clear();
    for (const series of kept) this.add(series);
  }

  labelNames(): string[] {
    return [...this.#postings.keys()].sort();
  }

  labelValues(name: string): string[] {
    return [...(this.#postings.get(name)?.keys() ?? [])].sort();
  }

  /** Series that match all, by ref in ascending order. @throws QueryError for a regular expression that is none */
  match(matchers: readonly Matcher[]): Series[] {
    const tests = matchers.map(matcher => ({
      name: matcher.name,
      equals: matcher.operator === '=' ? matcher.value : undefined,
      passes: valueTest(matcher),
    }));
    // What must be there narrows down; the rest is looked at series by series.
    let found: Series[] | undefined;
    const rest: typeof tests = [];
    for (const test of tests) {
      if (test.equals !== undefined && test.equals !== '') {
        const having = this.#postings.get(test.name)?.get(test.equals) ?? [];
        if (!found || having.length < found.length) {
          found = having;
        }
      }
      rest.push(test);
    }
    if (!found) {
      const selective = rest.find(({ passes }) => !passes(''));
      found = selective ? this.#having(selective) : [...this.#byRef.values()];
    }
    return found.filter(({ labels }) =>
      rest.every(({ name, equals, passes }) =>
        equals === undefined
          ? passes(valueOf(labels, name))
          : valueOf(labels, name) === equals,
      ),
    );
  }

  #having(test: { name: string; passes(value: string): boolean }): Series[] {
    const lists: Series[][] = [];
    for (const [value, having] of this.#postings.get(test.name) ?? []) {
      if (test.passes(value)) lists.push(having);
    }
    return lists.flat().sort((a, b) => a.ref - b.ref);
  }
}
