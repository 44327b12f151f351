import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parse } from 'yaml';
import { renderSkeleton } from '../../templates/node-service/test/render-template.ts';
import type { ClusterUnderTest } from './cluster-under-test.ts';

const NAMESPACE = '/api/v1/namespaces/default';
const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';

/** A workload of the benchmark: its image is built, its manifests are in the cluster. */
export interface Workload {
  name: string;
  image: string;
  /** As the cluster would be given them, to make more of the same. */
  podSpec: Record<string, unknown>;
}

interface Meta {
  metadata: {
    name: string;
    annotations?: Record<string, string>;
    generation?: number;
  };
}

/** The service that the template makes, with the manifests of its repository. */
export async function deployFromTemplate(
  cluster: ClusterUnderTest,
  name: string,
  replicas: number,
): Promise<Workload> {
  const parameters = {
    name,
    description: 'measured',
    owner: 'group:default/bench',
    replicas,
  };
  const repository = await renderSkeleton(cluster.folder(name), parameters);
  const image = await cluster.buildImage(
    name,
    repository,
    commitAll(repository),
  );
  const manifest = (file: string) =>
    parse(readFileSync(join(repository, 'k8s', file), 'utf8'));
  const deployment = manifest('deployment.yaml');
  const podSpec = deployment.spec.template.spec;
  podSpec.containers[0].image = image;
  await cluster.create(`${NAMESPACE}/services`, manifest('service.yaml'));
  await cluster.create(DEPLOYMENTS, deployment);
  await rolledOut(cluster, name);
  return { name, image, podSpec };
}

/** A service that does nothing, to see what the way to it costs. */
export async function deployEcho(
  cluster: ClusterUnderTest,
  replicas: number,
): Promise<Workload> {
  const name = 'echo';
  const repository = cluster.folder(name);
  cpSync(join(import.meta.dirname, 'echo-service'), repository, {
    recursive: true,
  });
  const image = await cluster.buildImage(
    name,
    repository,
    commitAll(repository),
  );
  const podSpec = {
    containers: [
      {
        name,
        image,
        readinessProbe: {
          httpGet: { path: '/', port: 'http' },
          periodSeconds: 5,
        },
        ports: [{ name: 'http', containerPort: 8080 }],
      },
    ],
  };
  const labels = { app: name };
  await cluster.create(`${NAMESPACE}/services`, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: {
      selector: labels,
      ports: [{ name: 'http', port: 80, targetPort: 'http' }],
    },
  });
  await cluster.create(DEPLOYMENTS, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
      },
      template: { metadata: { labels }, spec: podSpec },
    },
  });
  await rolledOut(cluster, name);
  return { name, image, podSpec };
}

/** Replaces every pod of a Deployment, as `kubectl rollout restart` does, and waits until it is done. */
export async function restart(
  cluster: ClusterUnderTest,
  name: string,
): Promise<void> {
  const annotations = {
    'kubectl.kubernetes.io/restartedAt': new Date().toISOString(),
  };
  await cluster.patch(`${DEPLOYMENTS}/${name}`, {
    spec: { template: { metadata: { annotations } } },
  });
  await rolledOut(cluster, name);
}

export async function scale(
  cluster: ClusterUnderTest,
  name: string,
  replicas: number,
): Promise<void> {
  await cluster.patch(`${DEPLOYMENTS}/${name}`, { spec: { replicas } });
  await rolledOut(cluster, name);
}

interface DeploymentState extends Meta {
  spec: { replicas: number };
  status?: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    availableReplicas?: number;
  };
}

async function rolledOut(
  cluster: ClusterUnderTest,
  name: string,
): Promise<void> {
  const giveUpMs = performance.now() + 60_000;
  for (;;) {
    const {
      metadata,
      spec,
      status = {},
    } = await cluster.get<DeploymentState>(`${DEPLOYMENTS}/${name}`);
    const { observedGeneration, replicas, updatedReplicas, availableReplicas } =
      status;
    const settled =
      observedGeneration === metadata.generation &&
      [replicas, updatedReplicas, availableReplicas].every(
        count => (count ?? 0) === spec.replicas,
      );
    if (settled) return;
    if (performance.now() > giveUpMs) {
      throw new Error(
        `deployment ${name} did not roll out: ${JSON.stringify(status)}`,
      );
    }
    await delay(50);
  }
}

/** Where people reach the Service. */
export async function serviceUrl(
  cluster: ClusterUnderTest,
  name: string,
): Promise<string> {
  const service = await cluster.get<Meta>(`${NAMESPACE}/services/${name}`);
  const url = service.metadata.annotations?.['local-cluster/url'];
  if (!url) throw new Error(`service ${name} has no address`);
  return url;
}

/** Where one pod of a workload listens, past the Service. */
export async function podUrl(
  cluster: ClusterUnderTest,
  label: string,
): Promise<string> {
  const [pod] = await cluster.list<Meta>(
    `${NAMESPACE}/pods?labelSelector=${encodeURIComponent(label)}`,
  );
  return `http://127.0.0.1:${pod.metadata.annotations?.['local-cluster/port']}`;
}

/** Waits until exactly so many pods exist: those that were replaced take a moment to finish. */
export async function untilPods(
  cluster: ClusterUnderTest,
  expected: number,
): Promise<void> {
  const giveUpMs = performance.now() + 30_000;
  for (;;) {
    const { length } = await cluster.list<Meta>(`${NAMESPACE}/pods`);
    if (length === expected) return;
    if (performance.now() > giveUpMs) {
      throw new Error(`${length} pods exist, not ${expected}`);
    }
    await delay(50);
  }
}

function commitAll(folder: string): string {
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...args],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    ).trim();
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'measured');
  return git('rev-parse', 'HEAD');
}
