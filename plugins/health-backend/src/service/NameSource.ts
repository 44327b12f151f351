import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  EnvironmentWorkloads,
  Revision,
} from '@ghostlight/plugin-clusters-node';
import { z } from 'zod';
import { currentRevisions } from './currentRevisions';
import { within } from './within';

const LIMIT_MS = 800;

const userSchema = z.object({
  spec: z.object({ profile: z.object({ displayName: z.string().min(1) }) }),
});

/** What the people who deployed are called. */
export class NameSource {
  readonly #catalog: CatalogService;

  constructor(catalog: CatalogService) {
    this.#catalog = catalog;
  }

  /** By user entity ref; missing for people the catalog does not know. */
  async of(
    environments: EnvironmentWorkloads[],
    credentials: BackstageCredentials,
  ): Promise<Map<string, string>> {
    return this.ofRevisions(currentRevisions(environments), credentials);
  }

  /** The same for any revisions. */
  async ofRevisions(
    revisions: Revision[],
    credentials: BackstageCredentials,
  ): Promise<Map<string, string>> {
    return this.ofPeople(
      revisions.flatMap(({ by }) => by ?? []),
      credentials,
    );
  }

  /** The same for refs of people. */
  async ofPeople(
    refs: string[],
    credentials: BackstageCredentials,
  ): Promise<Map<string, string>> {
    const entityRefs = [
      ...new Set(refs.filter(ref => /^user:[^/]+\/.+$/.test(ref))),
    ];
    if (entityRefs.length === 0) {
      return new Map();
    }
    const answer = await within(
      LIMIT_MS,
      this.#catalog.getEntitiesByRefs(
        { entityRefs, fields: ['spec.profile.displayName'] },
        { credentials },
      ),
    );
    const names = new Map<string, string>();
    answer?.items.forEach((entity, index) => {
      const user = userSchema.safeParse(entity);
      if (user.success) {
        names.set(entityRefs[index], user.data.spec.profile.displayName);
      }
    });
    return names;
  }
}
