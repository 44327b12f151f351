import { imageRepository } from './imageName';
import { SourceFile } from './parseManifests';
import { needsImage, renderManifests } from './renderManifests';

const SHA = '0123456789abcdef0123456789abcdef01234567';
const options = {
  repository: 'orders',
  kubernetesId: 'orders',
  namespace: 'default',
  sha: SHA,
  by: 'user:default/maya',
  image: 'orders:0123456789ab',
};

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
  replicas: 2
  selector: {matchLabels: {app: orders}}
  template:
    metadata:
      labels: {app: orders}
    spec:
      containers:
        - name: orders
          image: registry.example:5000/orders:latest
        - name: sidecar
          image: other
`;

const service = `apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 80}]}
`;

function file(text: string, path = 'k8s/all.yaml'): SourceFile {
  return { path, text };
}

function messageOf(files: SourceFile[]): string {
  try {
    renderManifests(files, options);
  } catch (error) {
    return String(error);
  }
  return 'no error';
}

describe('renderManifests', () => {
  it('splits documents and applies what runs after what it reads', () => {
    const text = `---\n${deployment}---\n${service}---\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: flags}\n`;
    const rendered = renderManifests([file(text)], options);
    expect(rendered.map(each => each.object.kind)).toEqual([
      'ConfigMap',
      'Service',
      'Deployment',
    ]);
    expect(rendered[2].source).toBe('k8s/all.yaml:2');
  });

  it('puts the built image where the repository is named and leaves other images alone', () => {
    const [rendered] = renderManifests([file(deployment)], options);
    expect(rendered.object).toMatchObject({
      spec: {
        template: {
          spec: {
            containers: [
              { name: 'orders', image: 'orders:0123456789ab' },
              { name: 'sidecar', image: 'other' },
            ],
          },
        },
      },
    });
  });

  it('marks the workload and its pods so that commit, person and component meet', () => {
    const [rendered] = renderManifests([file(deployment)], options);
    expect(rendered.object).toMatchObject({
      metadata: {
        namespace: 'default',
        labels: {
          'app.kubernetes.io/managed-by': 'ghostlight',
          'backstage.io/kubernetes-id': 'orders',
          'ghostlight.dev/repository': 'orders',
        },
        annotations: {
          'ghostlight.dev/deployed-by': 'user:default/maya',
        },
      },
      spec: {
        selector: { matchLabels: { app: 'orders' } },
        template: {
          metadata: {
            labels: {
              app: 'orders',
              'backstage.io/kubernetes-id': 'orders',
              'app.kubernetes.io/version': '0123456789ab',
            },
            annotations: { 'ghostlight.dev/commit': `orders@${SHA}` },
          },
        },
      },
    });
  });

  it('keeps the person out of the pod template, where it would restart pods', () => {
    const maya = renderManifests([file(deployment)], options);
    const noor = renderManifests([file(deployment)], {
      ...options,
      by: 'user:default/noor',
    });
    expect(noor[0].object.spec).toEqual(maya[0].object.spec);
  });

  it('names file and line of broken YAML', () => {
    const text = 'apiVersion: v1\nkind: Service\nmetadata: {name: orders\n';
    expect(messageOf([file(text, 'k8s/service.yaml')])).toMatch(
      /k8s\/service\.yaml:[34]: /,
    );
  });

  it('names every problem of every file at once', () => {
    const message = messageOf([
      file('apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n', 'k8s/a.yaml'),
      file(
        'apiVersion: v1\nkind: Namespace\nmetadata: {name: b}\n',
        'k8s/b.yaml',
      ),
      file(
        'apiVersion: v1\nkind: Service\nmetadata:\n  name: c\n  namespace: kube-system\n',
        'k8s/c.yaml',
      ),
      file(
        'apiVersion: extensions/v1beta1\nkind: Deployment\nmetadata: {name: d}\n',
        'k8s/d.yaml',
      ),
    ]);
    expect(message).toContain('k8s/a.yaml:2: Pod (v1) is not deployed');
    expect(message).toContain(
      'k8s/b.yaml:2: Namespace belongs to the whole cluster',
    );
    expect(message).toContain(
      'k8s/c.yaml:5: Service c asks for namespace kube-system',
    );
    expect(message).toContain(
      'k8s/d.yaml:2: Deployment is deployed from apps/v1',
    );
  });

  it.each([
    ['a list instead of an object', '- a\n- b\n', 'k8s/all.yaml:1'],
    [
      'a missing name',
      'kind: Service\napiVersion: v1\nmetadata: {}\n',
      'metadata.name',
    ],
    [
      'a name with a path in it',
      'kind: Service\napiVersion: v1\nmetadata:\n  name: ../x\n',
      'k8s/all.yaml:4',
    ],
    [
      'a container without an image',
      deployment.replace('          image: other\n', ''),
      'k8s/all.yaml:15: spec.template.spec.containers.1.image',
    ],
    [
      'the same object twice',
      `${service}---\n${service}`,
      'k8s/all.yaml:6: Service orders is already declared at k8s/all.yaml:1',
    ],
    [
      'a duplicate key',
      'kind: Service\nkind: Secret\napiVersion: v1\nmetadata: {name: a}\n',
      'k8s/all.yaml:2',
    ],
  ])('refuses %s', (_, text, expected) => {
    expect(messageOf([file(text)])).toContain(expected);
  });

  it.each([
    '../k8s/a.yaml',
    'k8s/../../a.yaml',
    'k8s/sub/a.yaml',
    '/k8s/a.yaml',
  ])('refuses the path %s', path => {
    expect(messageOf([file(service, path)])).toContain(
      'is not a manifest directly in k8s/',
    );
  });

  it('refuses what reaches out of the pod', () => {
    const text = deployment.replace(
      '      containers:\n',
      '      hostNetwork: true\n      volumes: [{name: root, hostPath: {path: /}}]\n      containers:\n',
    );
    const message = messageOf([file(text)]);
    expect(message).toContain('k8s/all.yaml:12: hostNetwork');
    expect(message).toContain('k8s/all.yaml:13: a hostPath volume');
  });

  it('does not follow aliases without end', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      'b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]',
      'c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]',
      'd: [*c, *c, *c, *c, *c, *c, *c, *c, *c]',
    ].join('\n');
    expect(messageOf([file(`${service}${bomb}\n`)])).toContain(
      'Excessive alias count',
    );
  });

  it('takes YAML and shell in values as the text they are', () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  greeting: "$(rm -rf /) {{ x }}: - y"\n';
    const [rendered] = renderManifests([file(text)], options);
    expect(rendered.object.data).toEqual({
      greeting: '$(rm -rf /) {{ x }}: - y',
    });
  });
});

describe('needsImage', () => {
  it('is true only if a container runs the image of the repository', () => {
    expect(needsImage([file(deployment)], 'orders')).toBe(true);
    expect(needsImage([file(deployment)], 'payments')).toBe(false);
    expect(needsImage([file(service)], 'orders')).toBe(false);
  });
});

describe('imageRepository', () => {
  it.each([
    ['orders', 'orders'],
    ['orders:latest', 'orders'],
    ['localhost/orders:1', 'orders'],
    ['ghcr.io/team/orders@sha256:abc', 'team/orders'],
    ['registry:5000/orders:1', 'orders'],
    ['team/orders', 'team/orders'],
  ])('of %s is %s', (image, expected) => {
    expect(imageRepository(image)).toBe(expected);
  });
});
