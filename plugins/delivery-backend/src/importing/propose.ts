import { ImportProposal } from '@ghostlight/plugin-delivery-common';
import { ANNOTATION_REPOSITORY } from '@ghostlight/plugin-forge-common';
import { findKind, refusalOf } from '../manifests/kinds';
import { KUBERNETES_ID } from '../manifests/renderManifests';
import { isHosted, runsImageOf } from '../manifests/repositoryName';
import { Manifest } from '../manifests/parseManifests';
import { renderComponent } from './renderComponent';
import { WorkloadFacts, workloadFacts } from './workloadFacts';

const LABEL_SELECTOR = 'backstage.io/kubernetes-label-selector';
const NAMESPACE = 'backstage.io/kubernetes-namespace';

/** A Deployment that runs now, and where. */
export type RunningWorkload = {
  environment: string;
  /** Namespace of the environment, where workloads are looked for by default. */
  home: string;
  facts: WorkloadFacts;
};

/** All that a proposal is made from. */
export type ImportFacts = {
  name: string | undefined;
  owner: string;
  system?: string;
  repository?: string;
  /** The component that the catalog has from this repository. */
  existing?: string;
  manifests: readonly Manifest[];
  /** The text of pasted manifests, to become a file. */
  pasted?: string;
  problems: readonly string[];
  running: readonly RunningWorkload[];
  /** Components the person can see, by name. */
  components: ReadonlyMap<string, string>;
  /** Names under which no repository can be made, because there is one. */
  taken: ReadonlySet<string>;
};

/** What has to be added so that the portal knows the component and finds what runs of it. */
export function propose(facts: ImportFacts): ImportProposal {
  const declared = facts.manifests.flatMap(manifest => {
    const found = workloadFacts(manifest.object);
    return found
      ? [{ ...found, source: `${manifest.file}:${manifest.line}` }]
      : [];
  });
  const name =
    facts.name ??
    declared[0]?.name ??
    lastSegment(facts.repository) ??
    'component';
  const own = facts.running.filter(({ facts: running }) =>
    declared.length > 0
      ? declared.some(each => each.name === running.name)
      : running.name === name,
  );
  const main = declared[0] ?? own[0]?.facts;
  const annotations = [
    ...sourceAnnotations(facts),
    ...workloadAnnotations(name, facts, main, own),
  ];
  const dependsOn = dependencies(
    name,
    [...declared, ...own.map(r => r.facts)],
    facts,
  );
  const problems = [
    ...facts.problems,
    ...clashes(name, facts),
    ...secrets(facts),
  ];
  const names = new Set(
    [...declared, ...own.map(r => r.facts)].map(w => w.name),
  );
  return {
    name,
    repository: facts.repository,
    existing: facts.existing,
    workloads: [...names].map(workload => ({
      kind: 'Deployment',
      name: workload,
      source: declared.find(each => each.name === workload)?.source,
      runsIn: own
        .filter(each => each.facts.name === workload)
        .map(({ environment }) => environment),
    })),
    annotations,
    dependsOn,
    // What is not understood is not proposed to anybody's repository.
    files:
      facts.existing || problems.length > 0
        ? []
        : [
            {
              path: 'catalog-info.yaml',
              content: renderComponent({
                ...facts,
                name,
                annotations,
                dependsOn,
              }),
              why: 'tells the catalog what it is, whose it is and what runs of it',
            },
            ...(facts.pasted
              ? [
                  {
                    path: 'k8s/manifests.yaml',
                    content: facts.pasted,
                    why: 'what Delivery applies when it deploys',
                  },
                ]
              : []),
          ],
    problems,
    notes: notesOf(facts, declared, own),
  };
}

/** Two components of one name would fight for the same place in the catalog, and one show what runs of the other. */
function clashes(
  name: string,
  { existing, components, taken }: ImportFacts,
): string[] {
  const entityRef = components.get(name);
  if (existing) {
    return [];
  }
  if (entityRef) {
    return [
      `${entityRef} is in the catalog already: change the name of the Deployment, or import it under the name of that component's repository`,
    ];
  }
  return taken.has(name)
    ? [`A repository ${name} exists already: import that repository instead`]
    : [];
}

/** What is pasted would become a file in a repository. */
function secrets({ pasted, manifests }: ImportFacts): string[] {
  return manifests
    .filter(({ object }) => pasted !== undefined && object.kind === 'Secret')
    .map(
      ({ object, file, line }) =>
        `${file}:${line}: Secret ${object.metadata.name} would be in the repository's history for everybody to read; leave it out and make it in the cluster`,
    );
}

function sourceAnnotations({ repository }: ImportFacts) {
  return repository && !isHosted(repository)
    ? [
        {
          key: ANNOTATION_REPOSITORY,
          value: repository,
          why: 'its source is this repository of the forge',
        },
      ]
    : [];
}

function workloadAnnotations(
  name: string,
  { repository, pasted, manifests }: ImportFacts,
  main: WorkloadFacts | undefined,
  own: readonly RunningWorkload[],
) {
  const found: Array<{ key: string; value: string; why: string }> = [];
  const labelled = [main, ...own.map(each => each.facts)].find(
    each => each?.labels[KUBERNETES_ID],
  );
  const selector = Object.entries(main?.matchLabels ?? {});
  const isDeployedHere = (repository || pasted) && manifests.length > 0;
  if (labelled) {
    found.push({
      key: KUBERNETES_ID,
      value: labelled.labels[KUBERNETES_ID],
      why: `Deployment ${labelled.name} carries this label`,
    });
  } else if (isDeployedHere || !main) {
    found.push({
      key: KUBERNETES_ID,
      value: name,
      why: 'what Ghostlight deploys of it carries this label',
    });
  } else if (
    selector.length > 0 &&
    selector.every(([key, value]) => main.labels[key] === value)
  ) {
    found.push({
      key: LABEL_SELECTOR,
      value: selector.map(([key, value]) => `${key}=${value}`).join(','),
      why: `the labels by which Deployment ${main.name} knows its pods; it carries them too`,
    });
  } else {
    found.push({
      key: KUBERNETES_ID,
      value: name,
      why: `label Deployment ${main.name} ${KUBERNETES_ID}=${name}: it has no labels of its own to find it by`,
    });
  }
  const elsewhere = own.find(
    each => each.facts.namespace && each.facts.namespace !== each.home,
  );
  if (elsewhere?.facts.namespace) {
    found.push({
      key: NAMESPACE,
      value: elsewhere.facts.namespace,
      why: `it runs there in ${elsewhere.environment}, not in ${elsewhere.home}`,
    });
  }
  return found;
}

function dependencies(
  name: string,
  workloads: readonly WorkloadFacts[],
  { components }: ImportFacts,
) {
  const found = new Map<string, string>();
  for (const { host, variable } of workloads.flatMap(each => each.calls)) {
    const entityRef = components.get(host);
    if (entityRef && host !== name && !found.has(entityRef)) {
      found.set(entityRef, `${variable} holds its address`);
    }
  }
  return [...found].map(([entityRef, why]) => ({ entityRef, why }));
}

function notesOf(
  facts: ImportFacts,
  declared: readonly WorkloadFacts[],
  own: readonly RunningWorkload[],
): string[] {
  const notes: string[] = [];
  if (facts.existing) {
    notes.push(`The catalog has it already, as ${facts.existing}.`);
  }
  const foreign = facts.manifests.filter(
    ({ object }) => !findKind(object.apiVersion, object.kind),
  );
  for (const { object } of foreign) {
    notes.push(`${refusalOf(object.apiVersion, object.kind)}.`);
  }
  if (declared.length === 0 && own.length === 0) {
    notes.push(
      'No Deployment of it was found, in manifests or in any environment: its Health stays empty until there is one.',
    );
  }
  const { repository } = facts;
  const builds = declared.some(({ images }) =>
    images.some(image => repository && runsImageOf(repository, image)),
  );
  if (repository && declared.length > 0 && !builds) {
    notes.push(
      `No container runs an image called ${lastSegment(
        repository,
      )}: Ghostlight applies the manifests and builds nothing.`,
    );
  }
  return notes;
}

function lastSegment(repository: string | undefined): string | undefined {
  return repository?.slice(repository.lastIndexOf('/') + 1);
}
