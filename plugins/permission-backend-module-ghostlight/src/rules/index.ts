import { creating } from './creating';
import { ownEntities } from './ownEntities';
import { ownRepositories } from './ownRepositories';
import { ownTasks } from './ownTasks';
import { production } from './production';
import { reading } from './reading';
import type { Rule } from './rule';

export type { Identity } from './rule';

/** In order: the first that applies decides. */
export const rules: readonly Rule[] = [
  production,
  ownTasks,
  reading,
  creating,
  ownEntities,
  ownRepositories,
];
