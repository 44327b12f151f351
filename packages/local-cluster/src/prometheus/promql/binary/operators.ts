import { goPower } from '../go-math.ts';

/** How tightly an operator binds; a sign binds as `*`. */
const POWER = 6;
const PRODUCT = 5;
const SUM = 4;
const COMPARISON = 3;
const AND = 2;
const OR = 1;

export const SIGN_PRECEDENCE = PRODUCT;

interface Operator {
  symbol: string;
  precedence: number;
  rightAssociative?: boolean;
}

interface Arithmetic extends Operator {
  kind: 'arithmetic';
  compute(left: number, right: number): number;
  keepsName?: boolean;
}

interface Comparison extends Operator {
  kind: 'comparison';
  holds(left: number, right: number): boolean;
}

interface SetOperator extends Operator {
  kind: 'set';
}

export type BinaryOperator = Arithmetic | Comparison | SetOperator;

const arithmetic = (
  symbol: string,
  precedence: number,
  compute: Arithmetic['compute'],
): Arithmetic => ({ kind: 'arithmetic', symbol, precedence, compute });

const comparison = (
  symbol: string,
  holds: Comparison['holds'],
): Comparison => ({
  kind: 'comparison',
  symbol,
  precedence: COMPARISON,
  holds,
});

const operators: BinaryOperator[] = [
  { ...arithmetic('^', POWER, goPower), rightAssociative: true },
  arithmetic('*', PRODUCT, (left, right) => left * right),
  arithmetic('/', PRODUCT, (left, right) => left / right),
  arithmetic('%', PRODUCT, (left, right) => left % right),
  // Prometheus 2.42 leaves the metric's name on atan2's results.
  { ...arithmetic('atan2', PRODUCT, Math.atan2), keepsName: true },
  arithmetic('+', SUM, (left, right) => left + right),
  arithmetic('-', SUM, (left, right) => left - right),
  comparison('==', (left, right) => left === right),
  comparison('!=', (left, right) => left !== right),
  comparison('>', (left, right) => left > right),
  comparison('<', (left, right) => left < right),
  comparison('>=', (left, right) => left >= right),
  comparison('<=', (left, right) => left <= right),
  { kind: 'set', symbol: 'and', precedence: AND },
  { kind: 'set', symbol: 'unless', precedence: AND },
  { kind: 'set', symbol: 'or', precedence: OR },
];

export const binaryOperators: ReadonlyMap<string, BinaryOperator> = new Map(
  operators.map(operator => [operator.symbol, operator]),
);
