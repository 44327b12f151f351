/** Metrics in the Prometheus text format, version 0.0.4. */
export class Registry {
  #metrics = [];

  counter(name, help) {
    return this.#add(new Counter(name, help));
  }

  histogram(name, help, bounds) {
    return this.#add(new Histogram(name, help, bounds));
  }

  /** A value that is read when somebody asks. */
  gauge(name, help, read, kind = 'gauge') {
    this.#add({
      render: () => `${head(name, help, kind)}${name} ${read()}\n`,
    });
  }

  render() {
    return this.#metrics.map(metric => metric.render()).join('');
  }

  #add(metric) {
    this.#metrics.push(metric);
    return metric;
  }
}

class Counter {
  #head;
  #name;
  #values = new Map();

  constructor(name, help) {
    this.#name = name;
    this.#head = head(name, help, 'counter');
  }

  add(labels = {}, by = 1) {
    const key = text(labels);
    this.#values.set(key, (this.#values.get(key) ?? 0) + by);
  }

  render() {
    const lines = [...this.#values].map(
      ([labels, value]) => `${this.#name}${braced(labels)} ${value}\n`,
    );
    return this.#head + lines.join('');
  }
}

class Histogram {
  #head;
  #name;
  #bounds;
  #series = new Map();

  constructor(name, help, bounds) {
    this.#name = name;
    this.#head = head(name, help, 'histogram');
    this.#bounds = bounds;
  }

  observe(labels, value) {
    const key = text(labels);
    let series = this.#series.get(key);
    if (!series) {
      series = { perBound: this.#bounds.map(() => 0), sum: 0, count: 0 };
      this.#series.set(key, series);
    }
    series.sum += value;
    series.count += 1;
    const bound = this.#bounds.findIndex(upper => value <= upper);
    if (bound >= 0) series.perBound[bound] += 1;
  }

  render() {
    let out = this.#head;
    for (const [labels, { perBound, sum, count }] of this.#series) {
      const bucket = (le, n) =>
        `${this.#name}_bucket{${labels && `${labels},`}le="${le}"} ${n}\n`;
      let upTo = 0;
      perBound.forEach((inBound, i) => {
        upTo += inBound;
        out += bucket(this.#bounds[i], upTo);
      });
      out += bucket('+Inf', count);
      out += `${this.#name}_sum${braced(labels)} ${sum}\n`;
      out += `${this.#name}_count${braced(labels)} ${count}\n`;
    }
    return out;
  }
}

const head = (name, help, kind) =>
  `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n`;

const braced = labels => labels && `{${labels}}`;

const text = labels =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(String(value))}"`)
    .join(',');

const escaped = value =>
  value.replace(/[\\"\n]/g, c => (c === '\n' ? '\\n' : `\\${c}`));

/** What Prometheus' own client libraries tell of a process, under the same names. */
export function addProcessMetrics(registry) {
  const startedAt = Date.now() / 1000 - process.uptime();
  registry.gauge(
    'process_start_time_seconds',
    'When the process started, Unix time.',
    () => startedAt,
  );
  registry.gauge(
    'process_cpu_seconds_total',
    'User and system CPU time spent.',
    () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    },
    'counter',
  );
  registry.gauge('process_resident_memory_bytes', 'Resident memory.', () =>
    process.memoryUsage.rss(),
  );
  registry.gauge(
    'nodejs_heap_size_used_bytes',
    'Heap in use.',
    () => process.memoryUsage().heapUsed,
  );
  registry.gauge(
    'nodejs_external_memory_bytes',
    'Memory of buffers and other objects outside of the heap.',
    () => process.memoryUsage().external,
  );
}
