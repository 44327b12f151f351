import { aggregations } from '../aggregations/registry.ts';
import type { Binary, Call, Expression, ValueType } from '../ast.ts';
import { binaryOperators } from '../binary/operators.ts';
import { functions } from '../functions/registry.ts';
import { mistake } from '../parse/mistake.ts';

/** As Prometheus' documentation calls them. */
export const typeNames: Record<ValueType, string> = {
  scalar: 'scalar',
  string: 'string',
  vector: 'instant vector',
  matrix: 'range vector',
};

export function typeOf(expression: Expression): ValueType {
  switch (expression.kind) {
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'selector':
    case 'aggregation':
      return 'vector';
    case 'range':
    case 'subquery':
      return 'matrix';
    case 'call':
      return functions.get(expression.function)?.returns ?? 'vector';
    case 'unary':
      return typeOf(expression.inner);
    case 'binary':
      return typeOf(expression.left) === 'scalar' &&
        typeOf(expression.right) === 'scalar'
        ? 'scalar'
        : 'vector';
    default:
      return expression satisfies never;
  }
}

/** Types of all nodes, each computed once: a long row of operators would be walked again and again. */
class TypeCheck {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  #expect(node: Expression, wanted: ValueType, context: string): void {
    const found = this.check(node);
    if (found === wanted) return;
    throw mistake(
      this.#text,
      node.from,
      `expected type ${typeNames[wanted]} in ${context}, got ${typeNames[found]}`,
    );
  }

  #call(call: Call): ValueType {
    const known = functions.get(call.function);
    if (!known)
      throw mistake(
        this.#text,
        call.from,
        `unknown function with name "${call.function}"`,
      );
    const { args, optional = 0 } = known;
    const given = call.args.length;
    const least = args.length - (optional === 0 ? 0 : 1);
    const most = optional === 'many' ? Infinity : least + optional;
    const refuse = (bound: string) =>
      mistake(
        this.#text,
        call.from,
        `expected ${bound} argument(s) in call to "${call.function}", got ${given}`,
      );
    if (optional === 0 && given !== least) throw refuse(`${least}`);
    if (given < least) throw refuse(`at least ${least}`);
    if (given > most) throw refuse(`at most ${most}`);
    call.args.forEach((arg, index) =>
      this.#expect(
        arg,
        args[Math.min(index, args.length - 1)],
        `call to function "${call.function}"`,
      ),
    );
    return known.returns;
  }

  #binary(node: Binary): ValueType {
    const left = this.check(node.left);
    const right = this.check(node.right);
    const operator = binaryOperators.get(node.operator);
    const refuse = (at: number, message: string) =>
      mistake(this.#text, at, message);
    for (const [side, type] of [
      [node.left, left],
      [node.right, right],
    ] as const) {
      if (type !== 'scalar' && type !== 'vector')
        throw refuse(
          side.from,
          `binary expression must contain only scalar and instant vector types, got ${typeNames[type]}`,
        );
    }
    const scalars = left === 'scalar' && right === 'scalar';
    const { matching } = node;
    if (node.bool && operator?.kind !== 'comparison')
      throw refuse(
        node.operatorFrom,
        'bool modifier can only be used on comparison operators',
      );
    if (operator?.kind === 'comparison' && scalars && !node.bool)
      throw refuse(
        node.operatorFrom,
        'comparisons between scalars must use BOOL modifier',
      );
    if (operator?.kind === 'set' && (left === 'scalar' || right === 'scalar'))
      throw refuse(
        node.from,
        `set operator "${node.operator}" not allowed in binary scalar expression`,
      );
    if (operator?.kind === 'set' && matching.many)
      throw refuse(
        node.from,
        `no grouping allowed for "${node.operator}" operation`,
      );
    if (
      (left !== 'vector' || right !== 'vector') &&
      (matching.labels.length > 0 || matching.many)
    )
      throw refuse(
        node.from,
        'vector matching only allowed between instant vectors',
      );
    const twice = matching.include.find(name => matching.labels.includes(name));
    if (matching.on && twice !== undefined)
      throw refuse(
        node.operatorFrom,
        `label "${twice}" must not occur in ON and GROUP clause at once`,
      );
    return scalars ? 'scalar' : 'vector';
  }

  check(node: Expression): ValueType {
    switch (node.kind) {
      case 'call':
        return this.#call(node);
      case 'aggregation': {
        const parameter = aggregations.get(node.operator)?.parameter;
        if (node.parameter && parameter)
          this.#expect(node.parameter, parameter, 'aggregation parameter');
        this.#expect(node.inner, 'vector', 'aggregation expression');
        return 'vector';
      }
      case 'subquery': {
        const inner = this.check(node.inner);
        if (inner === 'vector') return 'matrix';
        throw mistake(
          this.#text,
          node.from,
          `subquery is only allowed on instant vector, got ${typeNames[inner]} instead`,
        );
      }
      case 'unary': {
        const inner = this.check(node.inner);
        if (inner === 'scalar' || inner === 'vector') return inner;
        throw mistake(
          this.#text,
          node.from,
          `unary expression only allowed on expressions of type scalar or instant vector, got "${typeNames[inner]}"`,
        );
      }
      case 'binary':
        return this.#binary(node);
      default:
        return typeOf(node);
    }
  }
}

/** @throws QueryError `bad_data` in Prometheus' words: lezer's grammar takes `rate(a)`, Prometheus does not */
export function checkTypes(text: string, expression: Expression): ValueType {
  return new TypeCheck(text).check(expression);
}
