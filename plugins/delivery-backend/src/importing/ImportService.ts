import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  assertError,
  InputError,
  isError,
  NotAllowedError,
} from '@backstage/errors';
import {
  ImportProposal,
  ImportRequest,
} from '@ghostlight/plugin-delivery-common';
import { readComponent } from '../manifests/readComponent';
import {
  Manifest,
  parseManifests,
  SourceFile,
} from '../manifests/parseManifests';
import { isHosted } from '../manifests/repositoryName';
import { Access } from '../service/Access';
import { inWords } from '../service/inWords';
import { Cluster, Source, SourceTree } from '../service/ports';
import { propose, RunningWorkload } from './propose';
import { workloadFacts } from './workloadFacts';

/** A component is named by its first Deployment; more are looked up only for the sake of those who name it themselves. */
const MOST_NAMES = 10;

/** Looks at what somebody has and says what to add so that the portal knows it. Changes nothing. */
export class ImportService {
  constructor(
    private readonly options: {
      access: Access;
      cluster: Pick<Cluster, 'environments' | 'list'>;
      /** Reads as the caller, so that nobody learns here what they may not see. */
      sourceFor(credentials: BackstageCredentials): Source;
    },
  ) {}

  /** @throws InputError when there is nothing to look at; NotAllowedError */
  async analyse(
    request: ImportRequest,
    credentials: BackstageCredentials,
  ): Promise<ImportProposal> {
    const { access } = this.options;
    const { repository, manifests: pasted } = request;
    if ((repository === undefined) === (pasted === undefined)) {
      throw new InputError(
        'Give either a repository or manifests to look at, and not both',
      );
    }
    access.subjectOf(credentials);
    if (repository && isHosted(repository)) {
      await this.#requireAnalyse(credentials, repository);
    }
    const tree: SourceTree = repository
      ? await this.#read(repository, credentials)
      : {
          catalogInfo: undefined,
          manifests: [{ path: 'k8s/manifests.yaml', text: pasted ?? '' }],
        };
    const { manifests, problems } = parse(tree.manifests);
    const [components, { found: running, notes }] = await Promise.all([
      access.componentNames(credentials),
      this.#running(),
    ]);
    const proposal = propose({
      taken: pasted
        ? await this.#taken(manifests, request, credentials)
        : new Set(),
      name: request.name,
      owner: request.owner,
      system: request.system,
      repository,
      existing: existingOf(repository, tree.catalogInfo),
      manifests,
      pasted,
      problems,
      running,
      components,
    });
    return { ...proposal, notes: [...proposal.notes, ...notes] };
  }

  async #requireAnalyse(
    credentials: BackstageCredentials,
    repository: string,
  ): Promise<void> {
    if (!(await this.options.access.mayAnalyse(credentials))) {
      throw new NotAllowedError(
        `Only operators import from elsewhere, because ${repository} is read with the portal's own token; ask one of them`,
      );
    }
  }

  async #read(
    repository: string,
    credentials: BackstageCredentials,
  ): Promise<SourceTree> {
    const source = this.options.sourceFor(credentials);
    const head = await source.head(repository);
    if (!head) {
      throw new InputError(`Repository ${repository} is empty`);
    }
    return source.files(repository, head.sha);
  }

  /** Of the names the component may get, those that a repository here has. */
  async #taken(
    manifests: readonly Manifest[],
    { name }: ImportRequest,
    credentials: BackstageCredentials,
  ): Promise<Set<string>> {
    const names = new Set(
      [
        name,
        ...manifests.map(({ object }) => workloadFacts(object)?.name),
      ].filter(each => each !== undefined),
    );
    const source = this.options.sourceFor(credentials);
    const taken = new Set<string>();
    for (const each of [...names].slice(0, MOST_NAMES)) {
      if (await exists(source, each)) taken.add(each);
    }
    return taken;
  }

  /** The Deployments of all environments; one that does not answer is told and does not hold up the others. */
  async #running(): Promise<{ found: RunningWorkload[]; notes: string[] }> {
    const { cluster } = this.options;
    const notes: string[] = [];
    const found = await Promise.all(
      cluster.environments().map(async ({ name, namespace }) => {
        try {
          const objects = await cluster.list(name, {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
          });
          return objects.flatMap(object => {
            const facts = workloadFacts(object);
            return facts ? [{ environment: name, home: namespace, facts }] : [];
          });
        } catch (error) {
          notes.push(`What runs in ${name} is not known: ${inWords(error)}`);
          return [];
        }
      }),
    );
    return { found: found.flat(), notes };
  }
}

async function exists(source: Source, repository: string): Promise<boolean> {
  try {
    await source.head(repository);
    return true;
  } catch (error) {
    if (isError(error) && error.name === 'NotFoundError') {
      return false;
    }
    throw error;
  }
}

function parse(files: readonly SourceFile[]): {
  manifests: Manifest[];
  problems: string[];
} {
  try {
    return { manifests: parseManifests(files), problems: [] };
  } catch (error) {
    assertError(error);
    if (error.name !== 'InputError') throw error;
    return { manifests: [], problems: error.message.split('\n') };
  }
}

function existingOf(
  repository: string | undefined,
  catalogInfo: string | undefined,
): string | undefined {
  if (!repository || catalogInfo === undefined) {
    return undefined;
  }
  try {
    return readComponent(repository, catalogInfo).entityRef;
  } catch {
    // A file that declares no component is what the proposal replaces.
    return undefined;
  }
}
