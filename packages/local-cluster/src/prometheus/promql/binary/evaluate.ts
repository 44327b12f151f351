import type { Binary } from '../ast.ts';
import type { Evaluation, Value } from '../evaluate/value.ts';
import { binaryOperators } from './operators.ts';
import { combineSets } from './sets.ts';
import { combineVectors, combineWithScalar, compute } from './vectors.ts';

/** `left operator right`, whatever the two are. */
export function evaluateBinary(node: Binary, evaluation: Evaluation): Value {
  const operator = binaryOperators.get(node.operator);
  const left = evaluation.value(node.left);
  const right = evaluation.value(node.right);
  if (!operator || left.type === 'string' || right.type === 'string')
    throw new TypeError(`${node.operator} passed the type check`);
  if (operator.kind === 'set') {
    const columns = combineSets(
      operator.symbol,
      left.type === 'vector' ? left.columns : [],
      right.type === 'vector' ? right.columns : [],
      node.matching,
      evaluation,
    );
    return { type: 'vector', columns };
  }
  if (left.type === 'scalar' && right.type === 'scalar') {
    const values = left.values.map(
      (value, step) =>
        compute(operator, node.bool, value, right.values[step]) ?? NaN,
    );
    return { type: 'scalar', values };
  }
  if (left.type === 'scalar') {
    const scalar = { values: left.values, isLeft: true };
    const vector = right.type === 'vector' ? right.columns : [];
    return {
      type: 'vector',
      columns: combineWithScalar(node, operator, vector, scalar, evaluation),
    };
  }
  if (right.type === 'scalar') {
    const scalar = { values: right.values, isLeft: false };
    return {
      type: 'vector',
      columns: combineWithScalar(
        node,
        operator,
        left.columns,
        scalar,
        evaluation,
      ),
    };
  }
  return {
    type: 'vector',
    columns: combineVectors(
      node,
      operator,
      left.columns,
      right.columns,
      evaluation,
    ),
  };
}
