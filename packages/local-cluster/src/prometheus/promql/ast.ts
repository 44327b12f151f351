import type { Matcher } from '../types.ts';

/** What an expression is worth; `vector` is an instant vector, `matrix` a range vector. */
export type ValueType = 'scalar' | 'string' | 'vector' | 'matrix';

/** Where it stands in the query's text. */
export interface Span {
  from: number;
  to: number;
}

/** What `@` pins a selector to: Unix milliseconds, or an end of the query. */
export type At = { timeMs: number } | { end: 'start' | 'end' };

export interface NumberLiteral extends Span {
  kind: 'number';
  value: number;
}

export interface StringLiteral extends Span {
  kind: 'string';
  value: string;
}

/** `up{job="a"} offset 5m`; the metric's name is a matcher of `__name__`. */
export interface Selector extends Span {
  kind: 'selector';
  matchers: Matcher[];
  offsetMs: number;
  at?: At;
}

/** `up[5m]`; offset and `@` are the selector's. */
export interface Range extends Span {
  kind: 'range';
  selector: Selector;
  rangeMs: number;
}

/** `sum(up)[1h:5m]` */
export interface Subquery extends Span {
  kind: 'subquery';
  inner: Expression;
  rangeMs: number;
  stepMs?: number;
  offsetMs: number;
  at?: At;
}

export interface Call extends Span {
  kind: 'call';
  function: string;
  args: Expression[];
}

export interface Aggregation extends Span {
  kind: 'aggregation';
  operator: string;
  grouping: string[];
  without: boolean;
  parameter?: Expression;
  inner: Expression;
}

export interface Negation extends Span {
  kind: 'unary';
  operator: '-' | '+';
  inner: Expression;
}

/** How the series of two vectors find each other. */
export interface Matching {
  on: boolean;
  labels: string[];
  /** Which side may have many series for one of the other. */
  many?: 'left' | 'right';
  /** Labels taken from the one side. */
  include: string[];
}

export interface Binary extends Span {
  kind: 'binary';
  operator: string;
  /** Where the operator stands. */
  operatorFrom: number;
  left: Expression;
  right: Expression;
  /** The comparison answers 0 or 1 and keeps every series. */
  bool: boolean;
  matching: Matching;
}

export type Expression =
  | NumberLiteral
  | StringLiteral
  | Selector
  | Range
  | Subquery
  | Call
  | Aggregation
  | Negation
  | Binary;
