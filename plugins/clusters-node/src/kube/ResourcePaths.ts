import { InputError, isError } from '@backstage/errors';
import { z } from 'zod';
import type { ClusterHttp } from './ClusterHttp';

const resourceListSchema = z.object({
  resources: z.array(
    z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean() }),
  ),
});

interface Resource {
  /** Plural, as in paths. */
  name: string;
  namespaced: boolean;
}

const API_VERSION = /^([a-z0-9][a-z0-9.-]*\/)?v[0-9]+((alpha|beta)[0-9]+)?$/;
/** Names of objects are DNS names; those of RBAC objects may have colons. */
const OBJECT_NAME = /^[a-zA-Z0-9]([a-zA-Z0-9:._-]*[a-zA-Z0-9])?$/;

/** Knows the paths of kinds by asking the cluster once per group version. */
export class ResourcePaths {
  readonly #http: ClusterHttp;
  readonly #cluster: string;
  readonly #known = new Map<string, Map<string, Resource>>();

  constructor(cluster: string, http: ClusterHttp) {
    this.#cluster = cluster;
    this.#http = http;
  }

  /** @throws `InputError` when the cluster does not know the kind, or a name is none */
  async of(ref: {
    apiVersion: string;
    kind: string;
    namespace: string;
    name?: string;
  }): Promise<string> {
    const { apiVersion, kind, namespace, name } = ref;
    if (!API_VERSION.test(apiVersion)) {
      throw new InputError(`"${apiVersion}" is not a Kubernetes apiVersion`);
    }
    for (const part of name === undefined ? [namespace] : [namespace, name]) {
      if (!OBJECT_NAME.test(part) || part.length > 253) {
        throw new InputError(`"${part}" is not a name of a Kubernetes object`);
      }
    }
    const resource = await this.#resource(apiVersion, kind);
    return [
      groupVersionPath(apiVersion),
      ...(resource.namespaced ? ['namespaces', namespace] : []),
      resource.name,
      ...(name === undefined ? [] : [name]),
    ].join('/');
  }

  async #resource(apiVersion: string, kind: string): Promise<Resource> {
    let kinds = this.#known.get(apiVersion);
    if (!kinds?.has(kind)) {
      kinds = await this.#discover(apiVersion);
      this.#known.set(apiVersion, kinds);
    }
    const resource = kinds.get(kind);
    if (!resource) {
      throw new InputError(
        `Cluster ${
          this.#cluster
        } does not know the kind ${kind} of ${apiVersion}`,
      );
    }
    return resource;
  }

  async #discover(apiVersion: string): Promise<Map<string, Resource>> {
    try {
      const answer = await this.#http.json({
        path: groupVersionPath(apiVersion),
      });
      return new Map(
        resourceListSchema
          .parse(answer)
          .resources.filter(resource => !resource.name.includes('/'))
          .map(({ kind, name, namespaced }) => [kind, { name, namespaced }]),
      );
    } catch (error) {
      if (isError(error) && error.name === 'NotFoundError') {
        return new Map();
      }
      throw error;
    }
  }
}

function groupVersionPath(apiVersion: string): string {
  return apiVersion.includes('/')
    ? `/apis/${apiVersion}`
    : `/api/${apiVersion}`;
}
