import { parseEntityRef } from '@backstage/catalog-model';
import { KUBERNETES_ID } from '@ghostlight/plugin-clusters-node';
import type {
  EnvironmentHealth,
  HealthReport,
} from '@ghostlight/plugin-health-common';
import type { HealthFacts } from './facts';

type Problem = Pick<HealthReport, 'status' | 'sentence' | 'problem' | 'hint'>;

/** The entity does not say, or says wrongly, which workloads are its own. */
export function notAnnotated(
  entityRef: string,
  annotated: Exclude<HealthFacts['annotated'], { kind: 'yes' }>,
): Problem {
  const { name } = parseEntityRef(entityRef);
  const wrong = annotated.kind === 'wrong';
  return {
    status: 'unknown',
    sentence: wrong
      ? `Unknown. The annotation of ${name} that names its workloads is wrong.`
      : `Unknown. ${name} does not say which workloads are its own.`,
    problem: 'not-annotated',
    hint: [
      ...(wrong ? [`${annotated.reason}.`] : []),
      'Add this under metadata.annotations in catalog-info.yaml:',
      `\`${KUBERNETES_ID}: ${name}\``,
      'and the same as a label to the Deployment and to its pod template.',
    ].join('\n'),
  };
}

/** All clusters answered, and none has a workload of the entity. */
export function nothingDeployed(
  entityRef: string,
  selector: string,
  environments: EnvironmentHealth[],
): Problem {
  const { name } = parseEntityRef(entityRef);
  const places = environments.map(({ environment }) => environment.name);
  return {
    status: 'unknown',
    sentence: `Unknown. Nothing of ${name} is deployed.`,
    problem: 'nothing-deployed',
    hint:
      places.length === 0
        ? 'No environment is configured for it: see ghostlight.environments in app-config.yaml.'
        : [
            `No Deployment in ${places.join(', ')} has these labels:`,
            `\`${selector}\``,
            'Push to the main branch of its repository to deploy it.',
          ].join('\n'),
  };
}
