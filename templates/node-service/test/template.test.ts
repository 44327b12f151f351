import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import { renderForTest } from './render-for-test.ts';
import { inputOf, readTemplate } from './render-template.ts';

const NASTY = {
  quotes: `it's "quoted" \\ and \`ticked\``,
  lines: 'first\nspec:\n  replicas: 99\n- item\r\n# heading',
  yaml: 'yes: {no: [x, &a *a]} # not: a comment ---',
  shell: '$(touch /tmp/owned); `id` && $HOME | cat',
  template: '${{ values.name }} {% raw %} {# hidden #} {{ 7 * 7 }}',
  html: '<script>alert(1)</script> & </description>',
  fence: '``` \n ```sh\nrm -rf /',
  nothing: '',
  unicode: 'naïve — 日本 🎭\u2028\u0007',
};

const parameters = (description: string) => ({
  name: 'orders',
  description,
  owner: 'group:default/team-checkout',
  system: 'system:default/storefront',
  replicas: 3,
});

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
}

/** Every YAML and JSON document of a repository, by its path in there. */
function documentsOf(root: string): Map<string, any[]> {
  const documents = new Map<string, any[]>();
  for (const file of filesOf(root)) {
    const text = readFileSync(file, 'utf8');
    const name = file.slice(root.length + 1);
    if (/\.ya?ml$/.test(name)) {
      const parsed = parseAllDocuments(text, { strict: true });
      for (const document of parsed) {
        assert.deepEqual([...document.errors, ...document.warnings], [], name);
      }
      documents.set(
        name,
        [...parsed].map(document => document.toJS()),
      );
    } else if (name.endsWith('.json')) {
      documents.set(name, [JSON.parse(text)]);
    }
  }
  return documents;
}

for (const [kind, description] of Object.entries(NASTY)) {
  test(`a description with ${kind} comes out as data in every file`, async t => {
    const root = await renderForTest(t, parameters(description));
    const documents = documentsOf(root);
    const one = (name: string) => {
      const found = documents.get(name);
      assert.equal(found?.length, 1, `${name} holds one document`);
      return found?.[0];
    };
    assert.equal(one('package.json').description, description);
    assert.equal(one('catalog-info.yaml').metadata.description, description);
    assert.equal(one('mkdocs.yml').site_description, description);
    assert.equal(one('k8s/deployment.yaml').spec.replicas, 3);
    assert.equal(Object.keys(one('catalog-info.yaml')).length, 4);
    for (const name of ['README.md', 'docs/index.md']) {
      const text = readFileSync(join(root, name), 'utf8');
      assert.doesNotMatch(text, /<script/);
      assert.equal(
        text.split('\n')[0],
        '# orders',
        'nothing stands before the heading',
      );
      const rest = text.split('\n').slice(3).join('\n');
      const plain = await renderForTest(t, parameters('plain'));
      const expected = readFileSync(join(plain, name), 'utf8');
      assert.equal(rest, expected.split('\n').slice(3).join('\n'));
    }
  });
}

test('the manifests agree with each other and with what the portal looks for', async t => {
  const documents = documentsOf(
    await renderForTest(t, parameters('Takes orders')),
  );
  const [deployment] = documents.get('k8s/deployment.yaml') ?? [];
  const [service] = documents.get('k8s/service.yaml') ?? [];
  const [component] = documents.get('catalog-info.yaml') ?? [];
  const { template, selector } = deployment.spec;
  const [container] = template.spec.containers;
  for (const labels of [
    deployment.metadata.labels,
    template.metadata.labels,
    service.metadata.labels,
  ]) {
    assert.equal(labels['backstage.io/kubernetes-id'], 'orders');
  }
  assert.equal(
    component.metadata.annotations['backstage.io/kubernetes-id'],
    'orders',
  );
  assert.equal(
    component.metadata.annotations['ghostlight.dev/repository'],
    'orders',
  );
  assert.deepEqual(component.spec, {
    type: 'service',
    lifecycle: 'experimental',
    owner: 'group:default/team-checkout',
    system: 'system:default/storefront',
  });
  for (const chosen of [selector.matchLabels, service.spec.selector]) {
    for (const [label, value] of Object.entries(chosen)) {
      assert.equal(template.metadata.labels[label], value);
    }
  }
  assert.equal(
    container.image,
    'orders',
    'the image is named like the repository',
  );
  const ports = container.ports.map(({ name }: { name: string }) => name);
  assert.ok(ports.includes(service.spec.ports[0].targetPort));
  for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
    assert.ok(ports.includes(container[probe].httpGet.port), probe);
  }
});

test('a service without a system has none', async t => {
  const { system: _none, ...rest } = parameters('x');
  const documents = documentsOf(await renderForTest(t, rest));
  assert.ok(!('system' in documents.get('catalog-info.yaml')?.[0].spec));
});

test("the forge's own expressions stay as they are", async t => {
  const root = await renderForTest(t, parameters('x'));
  const workflow = readFileSync(
    join(root, '.github/workflows/ci.yaml'),
    'utf8',
  );
  const { jobs, concurrency } = parse(workflow);
  assert.equal(concurrency.group, 'ci-${{ github.ref }}');
  const login = jobs.image.steps.find((step: any) =>
    step.uses?.startsWith('docker/login-action'),
  );
  assert.equal(login.with.password, '${{ secrets.GITHUB_TOKEN }}');
  for (const file of filesOf(root)) {
    assert.doesNotMatch(readFileSync(file, 'utf8'), /\{%|\$\{\{ ?values/, file);
  }
  const pipeline = parse(readFileSync(join(root, '.gitlab-ci.yml'), 'utf8'));
  assert.ok(
    pipeline.test.script.every((line: unknown) => typeof line === 'string'),
  );
  assert.ok(
    pipeline.image.script.every((line: unknown) => typeof line === 'string'),
  );
});

let template: any;
before(() => {
  template = readTemplate();
});

test('names that could leave a folder or a label are refused by the form', () => {
  const { pattern } = template.spec.parameters[0].properties.name;
  for (const name of ['orders', 'a1', 'order-history-2', 'x'.repeat(50)]) {
    assert.match(name, new RegExp(pattern, 'u'));
  }
  for (const name of [
    '..',
    '../x',
    'a',
    'Orders',
    '1st',
    'a b',
    'a/b',
    'a\nb',
    '',
    'x'.repeat(51),
    'é',
    '$(id)',
  ]) {
    assert.doesNotMatch(name, new RegExp(pattern, 'u'));
  }
});

test('each step is given what it takes, also when only what is required was filled in', () => {
  const steps = {
    publish: {
      output: {
        repository: 'orders',
        sha: 'a'.repeat(40),
        webUrl: 'http://w',
        cloneUrl: 'http://c',
      },
    },
    register: { output: { entityRef: 'component:default/orders' } },
  };
  const given = { name: 'orders', owner: 'group:default/team-checkout' };
  const inputs = Object.fromEntries(
    template.spec.steps.map((step: any) => [
      step.action,
      inputOf(step, given, steps),
    ]),
  );
  assert.deepEqual(inputs['ghostlight:publish'], {
    name: 'orders',
    owner: 'group:default/team-checkout',
    description: '',
  });
  assert.deepEqual(inputs['ghostlight:deploy'], {
    repository: 'orders',
    environment: 'local',
    sha: 'a'.repeat(40),
  });
  assert.deepEqual(inputs['ghostlight:register'], { repository: 'orders' });
  assert.deepEqual(inputs['fetch:template'].values, {
    ...given,
    description: '',
    system: '',
    replicas: 2,
  });
});
