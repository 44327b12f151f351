type Labels = Record<string, string>;

/** Something that is shown on `/metrics`. */
interface Metric {
  render(): string;
}

/** Metrics in the Prometheus text format, version 0.0.4. */
export class Registry {
  private readonly metrics: Metric[] = [];

  counter(name: string, help: string): Counter {
    return this.add(new Counter(name, help));
  }

  histogram(name: string, help: string, bounds: number[]): Histogram {
    return this.add(new Histogram(name, help, bounds));
  }

  /** A value that is read when somebody asks. */
  gauge(name: string, help: string, read: () => number, kind: 'gauge' | 'counter' = 'gauge'): void {
    this.add({ render: () => `${head(name, help, kind)}${name} ${read()}\n` });
  }

  render(): string {
    return this.metrics.map(metric => metric.render()).join('');
  }

  private add<M extends Metric>(metric: M): M {
    this.metrics.push(metric);
    return metric;
  }
}

export class Counter implements Metric {
  private readonly name: string;
  private readonly help: string;
  private readonly values = new Map<string, number>();

  constructor(name: string, help: string) {
    this.name = name;
    this.help = help;
  }

  add(labels: Labels, by = 1): void {
    const key = text(labels);
    this.values.set(key, (this.values.get(key) ?? 0) + by);
  }

  render(): string {
    const lines = [...this.values].map(([labels, value]) => `${this.name}{${labels}} ${value}\n`);
    return head(this.name, this.help, 'counter') + lines.join('');
  }
}

export class Histogram implements Metric {
  private readonly name: string;
  private readonly help: string;
  private readonly bounds: number[];
  private readonly series = new Map<string, { perBound: number[]; sum: number; count: number }>();

  constructor(name: string, help: string, bounds: number[]) {
    this.name = name;
    this.help = help;
    this.bounds = bounds;
  }

  observe(labels: Labels, value: number): void {
    const key = text(labels);
    let series = this.series.get(key);
    if (!series) {
      series = { perBound: this.bounds.map(() => 0), sum: 0, count: 0 };
      this.series.set(key, series);
    }
    series.sum += value;
    series.count += 1;
    const bound = this.bounds.findIndex(upper => value <= upper);
    if (bound >= 0) series.perBound[bound] += 1;
  }

  render(): string {
    let out = head(this.name, this.help, 'histogram');
    for (const [labels, { perBound, sum, count }] of this.series) {
      let upTo = 0;
      perBound.forEach((inBound, i) => {
        upTo += inBound;
        out += `${this.name}_bucket{${labels},le="${this.bounds[i]}"} ${upTo}\n`;
      });
      out += `${this.name}_bucket{${labels},le="+Inf"} ${count}\n`;
      out += `${this.name}_sum{${labels}} ${sum}\n${this.name}_count{${labels}} ${count}\n`;
    }
    return out;
  }
}

function head(name: string, help: string, kind: string): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n`;
}

function text(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, escape)}"`)
    .join(',');
}

function escape(character: string): string {
  return character === '\n' ? '\\n' : `\\${character}`;
}
