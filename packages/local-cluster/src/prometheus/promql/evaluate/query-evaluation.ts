import { aggregate } from '../aggregations/aggregate.ts';
import type { Call, Expression, Negation, Subquery } from '../ast.ts';
import { evaluateBinary } from '../binary/evaluate.ts';
import type { Budget } from '../budget.ts';
import { ColumnBuilder } from '../columns.ts';
import type { Column } from '../columns.ts';
import { functions } from '../functions/registry.ts';
import { dropName } from '../labels.ts';
import { callElement } from './element-call.ts';
import { LOOKBACK_MS, extent, instantVector } from './instant-vector.ts';
import { callRange } from './range-call.ts';
import { lookAt } from './range-vector.ts';
import type { RangeVector } from './range-vector.ts';
import type { Selections } from './selections.ts';
import { samplesOf, subquerySteps } from './subquery.ts';
import type { Evaluation, Steps, Value } from './value.ts';

/** What all parts of a query share; its ends are those `@ start()` and `@ end()` mean. */
export interface QueryContext {
  startMs: number;
  endMs: number;
  selections: Selections;
  budget: Budget;
}

/** Computes an expression at all steps at once, series by series. */
export class QueryEvaluation implements Evaluation {
  readonly steps: Steps;
  readonly budget: Budget;
  readonly #query: QueryContext;

  constructor(query: QueryContext, steps: Steps) {
    this.#query = query;
    this.budget = query.budget;
    this.steps = steps;
  }

  value(node: Expression): Value {
    switch (node.kind) {
      case 'number': {
        const values = new Float64Array(this.steps.count).fill(node.value);
        return { type: 'scalar', values };
      }
      case 'string':
        return { type: 'string', value: node.value };
      case 'selector':
        return { type: 'vector', columns: this.#selector(node, 'values') };
      case 'call':
        return this.#call(node);
      case 'aggregation':
        return { type: 'vector', columns: aggregate(node, this) };
      case 'unary':
        return this.#unary(node);
      case 'binary':
        return evaluateBinary(node, this);
      default:
        throw new TypeError(`a ${node.kind} stands where the types allow none`);
    }
  }

  scalar(node: Expression): Float64Array {
    const value = this.value(node);
    if (value.type === 'scalar') return value.values;
    throw new TypeError(`a ${value.type} passed the type check as scalar`);
  }

  vector(node: Expression): Column[] {
    const value = this.value(node);
    if (value.type === 'vector') return value.columns;
    throw new TypeError(`a ${value.type} passed the type check as vector`);
  }

  range(node: Expression): RangeVector {
    if (node.kind === 'subquery') return this.#subquery(node);
    if (node.kind !== 'range')
      throw new TypeError(`a ${node.kind} passed the type check as range`);
    const { selector, rangeMs } = node;
    const endOf = lookAt(selector, this.steps, this.#query);
    const [fromMs, toMs] = extent(endOf, this.steps);
    const series = this.#query.selections.ranges(
      selector,
      fromMs - rangeMs,
      toMs,
    );
    return { series, rangeMs, endOf };
  }

  sampleTimes(node: Expression): Column[] | undefined {
    return node.kind === 'selector' ? this.#selector(node, 'times') : undefined;
  }

  #selector(
    node: Extract<Expression, { kind: 'selector' }>,
    what: 'values' | 'times',
  ): Column[] {
    const look = lookAt(node, this.steps, this.#query);
    const [fromMs, toMs] = extent(look, this.steps);
    const selected = this.#query.selections.instants(
      node,
      fromMs - LOOKBACK_MS,
      toMs,
    );
    return instantVector(selected, look, this.steps, this.budget, what);
  }

  #subquery(node: Subquery): RangeVector {
    const endOf = lookAt(node, this.steps, this.#query);
    const steps = subquerySteps(node, extent(endOf, this.steps), this.budget);
    const columns =
      steps.count === 0
        ? []
        : new QueryEvaluation(this.#query, steps).vector(node.inner);
    const series = columns.map(column => samplesOf(column, steps));
    return { series, rangeMs: node.rangeMs, endOf };
  }

  #call(node: Call): Value {
    const known = functions.get(node.function);
    if (!known) throw new TypeError(`${node.function} passed the type check`);
    if (known.kind === 'whole') return known.evaluate(node, this);
    const columns =
      known.kind === 'range'
        ? callRange(known, node, this)
        : callElement(known, node, this);
    return { type: 'vector', columns };
  }

  #unary({ operator, inner }: Negation): Value {
    const value = this.value(inner);
    if (operator === '+' || value.type === 'string') return value;
    if (value.type === 'scalar')
      return { type: 'scalar', values: value.values.map(number => -number) };
    const builder = new ColumnBuilder(this.steps.count, this.budget);
    for (const { labels, values, present } of value.columns) {
      const column = builder.column(dropName(labels));
      for (let step = 0; step < this.steps.count; step++)
        if (present[step] === 1) builder.put(column, step, -values[step]);
    }
    return { type: 'vector', columns: builder.finish() };
  }
}
