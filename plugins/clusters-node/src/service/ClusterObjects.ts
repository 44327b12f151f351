import { isError } from '@backstage/errors';
import { z } from 'zod';
import type { Cluster } from '../cluster/Cluster';
import type { KubernetesObject, ObjectListQuery, ObjectRef } from '../types';
import { objectSchema, parseManifest } from './parseManifest';

const objectListSchema = z.object({
  items: z
    .array(z.looseObject({ metadata: z.looseObject({ name: z.string() }) }))
    .nullish()
    .transform(items => items ?? []),
  metadata: z.object({ continue: z.string().optional() }),
});

/** Objects of any kind in one cluster; those without a namespace of their own are in the given one. */
export class ClusterObjects {
  readonly #cluster: Pick<Cluster, 'http' | 'paths'>;
  readonly #namespace: string;

  constructor(cluster: Pick<Cluster, 'http' | 'paths'>, namespace: string) {
    this.#cluster = cluster;
    this.#namespace = namespace;
  }

  async apply(
    manifest: unknown,
    options: { fieldManager: 'ghostlight'; dryRun?: boolean },
  ): Promise<KubernetesObject> {
    const object = parseManifest(manifest);
    const { apiVersion, kind, metadata } = object;
    const answer = await this.#cluster.http.json({
      method: 'PATCH',
      path: await this.#cluster.paths.of({
        apiVersion,
        kind,
        namespace: metadata.namespace ?? this.#namespace,
        name: metadata.name,
      }),
      query: {
        fieldManager: options.fieldManager,
        force: true,
        fieldValidation: 'Strict',
        dryRun: options.dryRun ? 'All' : undefined,
      },
      body: { type: 'application/apply-patch+yaml', json: object },
    });
    return objectSchema.parse(answer);
  }

  async get(ref: ObjectRef): Promise<KubernetesObject | undefined> {
    const path = await this.#pathOf(ref);
    const answer = await orNotFound(this.#cluster.http.json({ path }));
    return answer === undefined ? undefined : objectSchema.parse(answer);
  }

  async list(query: ObjectListQuery): Promise<KubernetesObject[]> {
    const { apiVersion, kind, namespace, labels = {} } = query;
    const path = await this.#cluster.paths.of({
      apiVersion,
      kind,
      namespace: namespace ?? this.#namespace,
    });
    const labelSelector = Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
    const objects: KubernetesObject[] = [];
    let next: string | undefined;
    do {
      const page = objectListSchema.parse(
        await this.#cluster.http.json({
          path,
          query: {
            labelSelector: labelSelector || undefined,
            limit: 500,
            continue: next,
          },
        }),
      );
      // Items of a list leave out what the list itself says.
      objects.push(...page.items.map(item => ({ apiVersion, kind, ...item })));
      next = page.metadata.continue || undefined;
    } while (next);
    return objects;
  }

  async delete(ref: ObjectRef): Promise<boolean> {
    const answer = await orNotFound(
      this.#cluster.http.json({
        method: 'DELETE',
        path: await this.#pathOf(ref),
        query: { propagationPolicy: 'Background' },
      }),
    );
    return answer !== undefined;
  }

  #pathOf({ namespace = this.#namespace, ...ref }: ObjectRef): Promise<string> {
    return this.#cluster.paths.of({ ...ref, namespace });
  }
}

async function orNotFound(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (isError(error) && error.name === 'NotFoundError') {
      return undefined;
    }
    throw error;
  }
}
