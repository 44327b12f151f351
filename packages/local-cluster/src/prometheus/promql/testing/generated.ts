import type { InputSeries } from './notation.ts';
import type { Random } from './random.ts';

const SAMPLES = 120;

/** Values item by item: gaps, ends and, for counters, resets. */
function values(random: Random, next: (before: number) => number): string {
  const items: string[] = [];
  let value = random.whole(0, 50);
  while (items.length < SAMPLES) {
    const luck = random.next();
    if (luck < 0.02) items.push(`_x${random.whole(1, 25)}`);
    else if (luck < 0.03) items.push('stale', `_x${random.whole(1, 8)}`);
    else {
      value = next(value);
      items.push(String(value));
    }
  }
  return items.join(' ');
}

/** Counters `c`, gauges `g` and histograms `h_bucket` with a few labels. */
export function generateSeries(random: Random): InputSeries[] {
  const series: InputSeries[] = [];
  for (const a of ['1', '2', '3']) {
    for (const b of ['x', 'y']) {
      const labels = `a="${a}",b="${b}"`;
      const growth = random.whole(1, 40);
      series.push({
        series: `c{${labels}}`,
        values: values(random, before =>
          random.chance(0.02)
            ? random.whole(0, 9)
            : before + random.whole(0, growth),
        ),
      });
      series.push({
        series: `g{${labels}}`,
        values: values(random, () => random.whole(-4000, 4000) / 8),
      });
    }
    const weights = ['1', '5', '25', '+Inf'].map(() => random.whole(0, 9));
    let sum = 0;
    ['1', '5', '25', '+Inf'].forEach((le, index) => {
      sum += weights[index];
      const grows = sum;
      series.push({
        series: `h_bucket{a="${a}",le="${le}"}`,
        values: values(random, before =>
          random.chance(0.01) ? 0 : before + grows,
        ),
      });
    });
  }
  return series;
}

const DURATIONS = ['20s', '1m', '90s', '5m', '17m'];
/** No value of the series is near one of these: a comparison's outcome must not hang on a last digit. */
const THRESHOLDS = ['3.137', '-20.319', '77.713', '0.217'];
const MATCHERS = [
  '',
  '{a="1"}',
  '{a!="2"}',
  '{b=~"x|z"}',
  '{a=~"[12]",b!~"x.*"}',
  '{b=""}',
  '{a=~".+"}',
];

/** Expressions of the language's every part, of the right types, with meaning now and then. */
export class ExpressionGenerator {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  #offset(): string {
    if (this.#random.chance(0.8)) return '';
    return ` offset ${this.#random.pick(['45s', '3m', '-2m'])}`;
  }

  #selector(): string {
    const random = this.#random;
    return `${random.pick(['c', 'g'])}${random.pick(MATCHERS)}`;
  }

  #windows(): string {
    const random = this.#random;
    const name = random.pick([
      'rate',
      'increase',
      'delta',
      'irate',
      'idelta',
      'resets',
      'changes',
      'avg_over_time',
      'min_over_time',
      'max_over_time',
      'sum_over_time',
      'count_over_time',
      'stddev_over_time',
      'stdvar_over_time',
      'last_over_time',
      'present_over_time',
      'deriv',
    ]);
    const range = random.pick(DURATIONS);
    if (random.chance(0.15))
      return `${name}((${this.#selector()})[${range}:${random.pick([
        '15s',
        '30s',
        '1m',
      ])}]${this.#offset()})`;
    if (random.chance(0.1))
      return `quantile_over_time(0.${random.whole(
        0,
        9,
      )}, ${this.#selector()}[${range}])`;
    return `${name}(${this.#selector()}[${range}]${this.#offset()})`;
  }

  #aggregated(depth: number): string {
    const random = this.#random;
    const name = random.pick([
      'sum',
      'avg',
      'min',
      'max',
      'count',
      'group',
      'stddev',
      'quantile',
      'topk',
      'bottomk',
    ]);
    const by = random.pick([
      '',
      ' by (a)',
      ' by (b)',
      ' without (a)',
      ' by (a, b)',
      ' without (b, le)',
    ]);
    const inner = this.vector(depth - 1);
    if (name === 'quantile')
      return `quantile${by}(0.${random.whole(0, 9)}, ${inner})`;
    // Which of equals is picked differs; counters and gauges of random values have few.
    if (name.endsWith('k')) return `${name}${by}(100, ${inner})`;
    return `${name}${by}(${inner})`;
  }

  #combined(depth: number): string {
    const random = this.#random;
    const left = this.vector(depth - 1);
    const right = this.vector(depth - 1);
    const set = random.pick(['and', 'or', 'unless']);
    const how = random.pick(['', '', ' on (a)', ' ignoring (b)', ' on (a, b)']);
    switch (random.whole(0, 5)) {
      case 0:
        return `${left} ${set}${how} ${right}`;
      case 1:
        return `(${left}) ${random.pick([
          '>',
          '<',
          '>=',
          '== bool',
          '!=',
          '<= bool',
        ])} ${random.pick(THRESHOLDS)}`;
      case 2:
        return `${this.scalar(depth - 1)} ${random.pick([
          '+',
          '-',
          '*',
          '/',
        ])} ${left}`;
      case 3:
        return `sum by (a) (${left}) ${random.pick([
          '+',
          '-',
          '*',
          '/',
        ])} on (a) group_right () ${right}`;
      default:
        return `sum by (a, b) (${left}) ${random.pick([
          '+',
          '-',
          '*',
          '/',
        ])}${how} sum by (a, b) (${right})`;
    }
  }

  #called(depth: number): string {
    const random = this.#random;
    const inner = this.vector(depth - 1);
    return random.pick([
      () => `abs(${inner})`,
      () => `-${this.#selector()}`,
      () => `clamp(${inner}, -10, ${this.scalar(0)})`,
      () => `clamp_min(${inner}, 1)`,
      () => `floor(${this.#selector()})`,
      () => `round(${this.#selector()}, 5)`,
      () => `timestamp(${this.#selector()})`,
      () => `absent(${inner})`,
      () =>
        `label_replace(${inner}, "n", "$1-${random.whole(
          1,
          9,
        )}", "a", "([12])")`,
      () => `label_join(${inner}, "n", "/", "a", "b")`,
      () => `vector(${this.scalar(depth - 1)})`,
      () => `sqrt(${inner})`,
      () =>
        `histogram_quantile(${
          random.whole(0, 10) / 10
        }, sum by (a, le) (rate(h_bucket[${random.pick(DURATIONS)}])))`,
      () => `histogram_quantile(0.9, increase(h_bucket[5m]${this.#offset()}))`,
    ])();
  }

  scalar(depth: number): string {
    const random = this.#random;
    if (depth <= 0 || random.chance(0.5))
      return random.pick(['2', '0.5', '-3', '1e2']);
    return random.pick([
      () => `scalar(${this.vector(depth - 1)})`,
      () =>
        `(${this.scalar(depth - 1)} ${random.pick([
          '+',
          '-',
          '*',
          '^',
        ])} ${this.scalar(depth - 1)})`,
      () => `-${random.whole(1, 3)} ^ 2`,
      () => 'time()',
    ])();
  }

  vector(depth: number): string {
    const random = this.#random;
    if (depth <= 0)
      return random.chance(0.5)
        ? this.#windows()
        : this.#selector() + this.#offset();
    return random.pick([
      () => this.#windows(),
      () => this.#aggregated(depth),
      () => this.#combined(depth),
      () => this.#called(depth),
    ])();
  }
}
