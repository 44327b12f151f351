import { NotFoundError } from '@backstage/errors';
import { Source, SourceTree } from '../service/ports';

export const SHA_1 = '1'.repeat(40);
export const SHA_2 = '2'.repeat(40);
export const SHA_3 = '3'.repeat(40);

/** Repositories of a few commits. */
export class FakeForge implements Source {
  readonly commits = new Map<string, SourceTree>();
  readonly heads = new Map<string, string>();

  add(repository: string, sha: string, tree: SourceTree): void {
    this.commits.set(`${repository}@${sha}`, tree);
    this.heads.set(repository, sha);
  }

  async head(repository: string) {
    const sha = this.heads.get(repository);
    if (!sha) {
      throw new NotFoundError(`There is no repository ${repository}`);
    }
    return { branch: 'main', sha };
  }

  async files(repository: string, sha: string) {
    const tree = this.commits.get(`${repository}@${sha}`);
    if (!tree) {
      throw new NotFoundError(`${repository} has no commit ${sha}`);
    }
    return tree;
  }

  async readAccess(repository: string) {
    return {
      url: `http://forge.test/git/${repository}.git`,
      authorization: 'Basic c2VjcmV0LXRva2Vu',
    };
  }
}

/** What the template makes, as small as it can be. */
export function serviceTree(name: string, extra = ''): SourceTree {
  return {
    catalogInfo: `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  annotations:
    backstage.io/kubernetes-id: ${name}
spec: {type: service, lifecycle: production, owner: team-checkout}
`,
    manifests: [
      {
        path: 'k8s/deployment.yaml',
        text: `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: ${name}, image: ${name}}]}
`,
      },
      {
        path: 'k8s/service.yaml',
        text: `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 80}]}
${extra}`,
      },
    ],
  };
}
