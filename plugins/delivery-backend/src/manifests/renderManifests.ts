import { z } from 'zod';
import { findKind, refusalOf } from './kinds';
import { repositoryLabelOf, runsImageOf } from './repositoryName';
import { podProblems } from './podProblems';
import {
  KubernetesManifest,
  Manifest,
  SourceFile,
  parseManifests,
  throwProblems,
} from './parseManifests';

export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';
export const MANAGED_BY = 'ghostlight';
export const KUBERNETES_ID = 'backstage.io/kubernetes-id';
/** Whose object it is: names of repositories are unique, so one component cannot take or prune what another brought. */
export const REPOSITORY_LABEL = 'ghostlight.dev/repository';
const VERSION_LABEL = 'app.kubernetes.io/version';
const COMMIT_ANNOTATION = 'ghostlight.dev/commit';
const DEPLOYED_BY_ANNOTATION = 'ghostlight.dev/deployed-by';

/** What is made of the manifests of a repository besides what they say. */
export type RenderOptions = {
  repository: string;
  /** Value of `backstage.io/kubernetes-id`. */
  kubernetesId: string;
  namespace: string;
  sha: string;
  /** Entity reference of who deploys. */
  by: string;
  /** Takes the place of each container image named like the repository; not replaced when undefined. */
  image: string | undefined;
};

/** An object ready to be applied, and where it was written. */
export type RenderedManifest = {
  object: KubernetesManifest & {
    metadata: KubernetesManifest['metadata'] & { namespace: string };
  };
  /** `file:line`, for messages. */
  source: string;
};

const container = z.looseObject({
  name: z.string(),
  image: z.string().min(1),
});
const podTemplate = z.looseObject({
  metadata: z
    .looseObject({
      labels: z.record(z.string(), z.string()).optional(),
      annotations: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  spec: z.looseObject({
    containers: z.array(container).min(1),
    initContainers: z.array(container).optional(),
  }),
});
const deploymentSpec = z.looseObject({ template: podTemplate });

/** Whether a container of the manifests runs the image that is built from the repository. */
export function needsImage(
  files: readonly SourceFile[],
  repository: string,
): boolean {
  return parseManifests(files).some(manifest => {
    const spec = deploymentSpec.safeParse(manifest.object.spec);
    return (
      spec.success &&
      allContainers(spec.data).some(each => runsImageOf(repository, each.image))
    );
  });
}

/**
 * Turns the manifest files of a commit into the objects of one environment, in the order in which they are applied.
 *
 * @throws InputError that names each problem as `file:line: what is wrong`.
 */
export function renderManifests(
  files: readonly SourceFile[],
  options: RenderOptions,
): RenderedManifest[] {
  const problems: string[] = [];
  const rendered: Array<RenderedManifest & { order: number }> = [];
  const seen = new Map<string, string>();
  for (const manifest of parseManifests(files)) {
    const { kind, apiVersion, metadata } = manifest.object;
    const source = `${manifest.file}:${manifest.line}`;
    const known = findKind(apiVersion, kind);
    if (!known) {
      const at = `${manifest.file}:${manifest.lineOf(['kind'])}`;
      problems.push(`${at}: ${refusalOf(apiVersion, kind)}`);
      continue;
    }
    const name = `${kind} ${metadata.name}`;
    const other = seen.get(name);
    if (other) {
      problems.push(`${source}: ${name} is already declared at ${other}`);
    }
    seen.set(name, source);
    const { namespace } = metadata;
    if (namespace !== undefined && namespace !== options.namespace) {
      const at = manifest.lineOf(['metadata', 'namespace']);
      problems.push(
        `${manifest.file}:${at}: ${name} asks for namespace ${namespace}, the environment's is ${options.namespace}; leave it out`,
      );
    }
    rendered.push({
      object: renderObject(manifest, options, problems),
      source,
      order: known.order,
    });
  }
  throwProblems(problems);
  return rendered
    .sort((a, b) => a.order - b.order)
    .map(({ object, source }) => ({ object, source }));
}

function renderObject(
  manifest: Manifest,
  options: RenderOptions,
  problems: string[],
): RenderedManifest['object'] {
  const { object } = manifest;
  const runs = object.kind === 'Deployment';
  const metadata = {
    ...object.metadata,
    namespace: options.namespace,
    labels: {
      ...object.metadata.labels,
      [MANAGED_BY_LABEL]: MANAGED_BY,
      [KUBERNETES_ID]: options.kubernetesId,
      [REPOSITORY_LABEL]: repositoryLabelOf(options.repository),
    },
    annotations: {
      ...object.metadata.annotations,
      ...(runs ? { [DEPLOYED_BY_ANNOTATION]: options.by } : {}),
    },
  };
  if (!runs) {
    return { ...object, metadata };
  }
  const parsed = deploymentSpec.safeParse(object.spec);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const path = ['spec', ...issue.path].map(key =>
        typeof key === 'symbol' ? '' : key,
      );
      problems.push(
        `${manifest.file}:${manifest.lineOf(path)}: ${path.join('.')}: ${
          issue.message
        }`,
      );
    }
    return { ...object, metadata };
  }
  const { template } = parsed.data;
  problems.push(...podProblems(manifest, template.spec));
  return {
    ...object,
    metadata,
    spec: { ...parsed.data, template: renderTemplate(template, options) },
  };
}

function renderTemplate(
  template: z.infer<typeof podTemplate>,
  options: RenderOptions,
) {
  const { image } = options;
  const withImage = (each: z.infer<typeof container>) =>
    image !== undefined && runsImageOf(options.repository, each.image)
      ? { ...each, image }
      : each;
  const { initContainers } = template.spec;
  return {
    ...template,
    metadata: {
      ...template.metadata,
      labels: {
        ...template.metadata?.labels,
        [KUBERNETES_ID]: options.kubernetesId,
        [VERSION_LABEL]: options.sha.slice(0, 12),
      },
      annotations: {
        ...template.metadata?.annotations,
        [COMMIT_ANNOTATION]: `${options.repository}@${options.sha}`,
      },
    },
    spec: {
      ...template.spec,
      containers: template.spec.containers.map(withImage),
      ...(initContainers
        ? { initContainers: initContainers.map(withImage) }
        : {}),
    },
  };
}

function allContainers(spec: z.infer<typeof deploymentSpec>) {
  const { containers, initContainers = [] } = spec.template.spec;
  return [...containers, ...initContainers];
}
