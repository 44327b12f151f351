import { readFileSync } from 'node:fs';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type {
  ClusterConfig,
  ClustersConfig,
  ImageStoreConfig,
} from './ClustersConfig';
import type { MetricsConfig } from './MetricsConfig';
import { readMetricsConfig } from './readMetricsConfig';
import {
  environmentsSchema,
  locatorClustersSchema,
  locatorsSchema,
} from './schema';

const ENVIRONMENTS = 'ghostlight.environments';
const LOCATORS = 'kubernetes.clusterLocatorMethods';
/** Where Kubernetes mounts the token of a pod's own service account. */
const IN_CLUSTER_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * Reads environments and clusters.
 *
 * @throws `InputError` that names the key at fault
 */
export function readClustersConfig(config: Config): ClustersConfig {
  const clusters = readClusters(config);
  const parsed = parse(environmentsSchema, config, ENVIRONMENTS);
  const imageStores = new Map<string, ImageStoreConfig>();
  const metrics = new Map<string, MetricsConfig>();
  const seen = new Set<string>();
  const environments = parsed.map((entry, index) => {
    const key = `${ENVIRONMENTS}[${index}]`;
    if (seen.has(entry.name)) {
      throw new InputError(
        `Configuration ${key}.name: "${entry.name}" is there twice; give each environment a name of its own`,
      );
    }
    seen.add(entry.name);
    if (!clusters.has(entry.cluster)) {
      throw new InputError(
        `Configuration ${key}.cluster: there is no cluster "${
          entry.cluster
        }" under ${LOCATORS} (known: ${
          [...clusters.keys()].join(', ') || 'none'
        })`,
      );
    }
    if (entry.images) {
      imageStores.set(entry.name, entry.images);
    }
    const measured = readMetricsConfig(entry, key);
    if (measured) {
      metrics.set(entry.name, measured);
    }
    return {
      name: entry.name,
      tier: entry.tier,
      cluster: entry.cluster,
      namespace: entry.namespace,
      images: entry.images && { builder: entry.images.builder },
      deployOnPush: entry.deployOnPush ?? entry.tier === 'development',
    };
  });
  return { environments, clusters, imageStores, metrics };
}

function readClusters(config: Config): Map<string, ClusterConfig> {
  const clusters = new Map<string, ClusterConfig>();
  parse(locatorsSchema, config, LOCATORS).forEach((locator, index) => {
    if (locator.type !== 'config') {
      return;
    }
    const listKey = `${LOCATORS}[${index}].clusters`;
    const list = check(locatorClustersSchema, locator.clusters ?? [], listKey);
    list.forEach((entry, position) => {
      const key = `${listKey}[${position}]`;
      if (clusters.has(entry.name)) {
        throw new InputError(
          `Configuration ${key}.name: "${entry.name}" is there twice; give each cluster a name of its own`,
        );
      }
      clusters.set(entry.name, {
        name: entry.name,
        url: entry.url,
        token: entry.serviceAccountToken,
        tokenFile: IN_CLUSTER_TOKEN,
        ca: readCertificateAuthority(entry, key),
        skipTlsVerify: entry.skipTLSVerify,
      });
    });
  });
  return clusters;
}

function readCertificateAuthority(
  entry: { caData?: string; caFile?: string },
  key: string,
): string | undefined {
  if (entry.caData !== undefined) {
    const pem = Buffer.from(entry.caData, 'base64').toString('utf8');
    if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
      throw new InputError(
        `Configuration ${key}.caData: is not a PEM certificate in base64`,
      );
    }
    return pem;
  }
  if (entry.caFile !== undefined) {
    try {
      return readFileSync(entry.caFile, 'utf8');
    } catch (error) {
      throw new InputError(
        `Configuration ${key}.caFile: cannot read ${entry.caFile}`,
        error,
      );
    }
  }
  return undefined;
}

function parse<T extends z.ZodType>(
  schema: T,
  config: Config,
  key: string,
): z.infer<T> {
  return check(schema, config.getOptional(key) ?? [], key);
}

/** The values themselves stay out of the message: they may be secret. */
function check<T extends z.ZodType>(
  schema: T,
  value: unknown,
  key: string,
): z.infer<T> {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.map(issue => {
    const path = issue.path
      .map(part =>
        typeof part === 'number' ? `[${part}]` : `.${String(part)}`,
      )
      .join('');
    return `${key}${path}: ${issue.message}`;
  });
  throw new InputError(`Configuration ${problems.join('; ')}`);
}
