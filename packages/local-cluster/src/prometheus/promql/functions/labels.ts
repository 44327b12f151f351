import { QueryError } from '../../types.ts';
import type { Labels } from '../../types.ts';
import type { Call, Expression } from '../ast.ts';
import { ColumnBuilder } from '../columns.ts';
import type { Evaluation, Value } from '../evaluate/value.ts';
import { labelOf, makeLabels } from '../labels.ts';
import { compileGroups } from '../regex/compile.ts';
import type { Regexp } from '../regex/compile.ts';
import type { WholeFunction } from './types.ts';

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

function text(evaluation: Evaluation, expression: Expression): string {
  const value = evaluation.value(expression);
  return value.type === 'string' ? value.value : '';
}

function checkName(name: string, what: string, caller: string): void {
  if (LABEL_NAME.test(name)) return;
  throw new QueryError(
    'execution',
    `invalid ${what} label name in ${caller}(): ${name}`,
  );
}

function withLabel(labels: Labels, name: string, value: string): Labels {
  const others = Object.entries(labels).filter(([other]) => other !== name);
  return makeLabels([...others, [name, value]]);
}

/** `$1`, `${1}` and `${name}` of Go's `Regexp.Expand`; a group that is not there is ''. */
function expand(
  template: string,
  groups: (string | undefined)[],
  names: Regexp['groupNames'],
): string {
  return template.replace(
    /\$(?:(\$)|(\w+)|\{(\w+)\})/g,
    (_, dollar, bare, braced) => {
      if (dollar) return '$';
      const name: string = bare ?? braced;
      const index = /^\d+$/.test(name) ? Number(name) : names.get(name);
      return index === undefined ? '' : groups[index] ?? '';
    },
  );
}

/** Gives every series other labels. @throws QueryError when two become one */
function relabel(
  vector: Expression,
  evaluation: Evaluation,
  change: (labels: Labels) => Labels,
): Value {
  const { steps, budget } = evaluation;
  const builder = new ColumnBuilder(steps.count, budget);
  for (const { labels, values, present } of evaluation.vector(vector)) {
    const column = builder.column(change(labels));
    for (let step = 0; step < steps.count; step++)
      if (present[step] === 1) builder.put(column, step, values[step]);
  }
  return { type: 'vector', columns: builder.finish() };
}

function labelReplace({ args }: Call, evaluation: Evaluation): Value {
  const [target, template, source, pattern] = args
    .slice(1)
    .map(arg => text(evaluation, arg));
  const regexp = compileGroups(pattern);
  checkName(target, 'destination', 'label_replace');
  return relabel(args[0], evaluation, labels => {
    const groups = regexp.match(labelOf(labels, source));
    if (!groups) return labels;
    return withLabel(
      labels,
      target,
      expand(template, groups, regexp.groupNames),
    );
  });
}

function labelJoin({ args }: Call, evaluation: Evaluation): Value {
  const [target, separator, ...sources] = args
    .slice(1)
    .map(arg => text(evaluation, arg));
  for (const source of sources) checkName(source, 'source', 'label_join');
  checkName(target, 'destination', 'label_join');
  return relabel(args[0], evaluation, labels =>
    withLabel(
      labels,
      target,
      sources.map(source => labelOf(labels, source)).join(separator),
    ),
  );
}

export const labelFunctions: WholeFunction[] = [
  {
    kind: 'whole',
    name: 'label_replace',
    args: ['vector', 'string', 'string', 'string', 'string'],
    returns: 'vector',
    evaluate: labelReplace,
  },
  {
    kind: 'whole',
    name: 'label_join',
    args: ['vector', 'string', 'string', 'string'],
    optional: 'many',
    returns: 'vector',
    evaluate: labelJoin,
  },
];
