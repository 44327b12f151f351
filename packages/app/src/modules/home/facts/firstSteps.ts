import type { Deployment } from '@ghostlight/plugin-delivery-common';
import type { Repository } from '@ghostlight/plugin-forge-common';
import {
  entityPath,
  healthPath,
  repositoriesPath,
  repositoryPath,
} from '../paths';

export type FirstStepId = 'create' | 'run' | 'health' | 'push' | 'revision';

export interface FirstStep {
  id: FirstStepId;
  title: string;
  /** How to do it, shown while it is the next one. */
  hint: string;
  done: boolean;
  /** Where in the portal it is done. */
  href?: string;
}

export interface FirstStepFacts {
  userRef: string;
  repositories: readonly Repository[];
  /** Newest first. */
  deployments: readonly Deployment[];
  /** This person has opened a Health tab. */
  openedHealth: boolean;
  /** Steps that were seen done before: facts get old, what was done stays done. */
  remembered: readonly FirstStepId[];
}

/** The way from nothing to a service that one changes, ticked off by what the portal knows. */
export function firstSteps(facts: FirstStepFacts): FirstStep[] {
  const { userRef, repositories, deployments, openedHealth, remembered } =
    facts;
  const by = (origin: Deployment['origin']) =>
    deployments.filter(d => d.by === userRef && d.origin === origin);
  // Examples and imports are made otherwise: only what a template made counts.
  const templated = by('template');
  const created = repositories.find(({ name }) =>
    templated.some(({ repository }) => repository === name),
  );
  const pushed = by('push').filter(
    ({ repository }) => repository === created?.name,
  );
  const succeeded = (d: Deployment) => d.state === 'succeeded';
  const ref = created && `component:default/${created.name}`;

  const steps: Omit<FirstStep, 'done'>[] = [
    {
      id: 'create',
      title: 'Create a service from a template',
      hint: 'The wizard makes a repository, builds it and starts it.',
      href: '/create',
    },
    {
      id: 'run',
      title: 'See it run',
      hint: 'The template ends when its first revision is ready.',
      href: ref && entityPath(ref),
    },
    {
      id: 'health',
      title: 'Open its Health',
      hint: 'Replicas, revision, logs and events, live.',
      href: ref && healthPath(ref),
    },
    {
      id: 'push',
      title: 'Clone it and push a change',
      hint: 'The repository page has the clone command and a token.',
      href: created ? repositoryPath(created.name) : repositoriesPath,
    },
    {
      id: 'revision',
      title: 'See the new revision arrive',
      hint: 'A push to main is built and rolled out without losing a request.',
      href: ref && healthPath(ref),
    },
  ];
  const known: Record<FirstStepId, boolean> = {
    create: created !== undefined,
    run: templated.some(succeeded),
    health: openedHealth,
    push: pushed.length > 0,
    revision: pushed.some(succeeded),
  };
  return steps.map(step => ({
    ...step,
    done: known[step.id] || remembered.includes(step.id),
  }));
}
