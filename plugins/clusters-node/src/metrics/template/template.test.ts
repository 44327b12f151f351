import { compileTemplate } from './compileTemplate';
import { QUERY_PLACEHOLDERS } from './placeholders';
import { podPattern } from './podPattern';
import { renderTemplate } from './renderTemplate';

const rules = QUERY_PLACEHOLDERS.requests;
const values = { namespace: 'shop', workload: 'orders', windowMs: 90_000 };

function render(text: string, changes: object = {}) {
  const template = compileTemplate(text, rules);
  expect(template.mistakes).toEqual([]);
  return renderTemplate(template, { ...values, ...changes });
}

it('puts values where their placeholders are', () => {
  expect(
    render(
      'sum(rate(http_total{ns="$namespace",w=\'$workload\',rev=~"$revision",code=~"2..$"}[$window])) # $1 "',
    ),
  ).toBe(
    'sum(rate(http_total{ns="shop",w=\'orders\',rev=~".*",code=~"2..$"}[90s])) # $1 "',
  );
  expect(
    render('a{ns="$namespace",w=~"x|$workload"}[$window]', {
      workload: 'a.b',
      windowMs: 1_500,
    }),
  ).toBe('a{ns="shop",w=~"x|a\\\\.b"}[1500ms]');
});

it('lets no value out of its quotes', () => {
  const evil = '"} or vector(1) or a{x="\\';
  expect(
    render('a{ns="$namespace",w="$workload"}[$window]', { workload: evil }),
  ).toBe('a{ns="shop",w="\\"} or vector(1) or a{x=\\"\\\\"}[90s]');
  expect(
    render("a{ns='$namespace',w='$workload'}[$window]", { workload: "a'b\n" }),
  ).toBe("a{ns='shop',w='a\\'b\\n'}[90s]");
});

it.each<[string, string, RegExp]>([
  ['a value outside of quotes', 'a{ns=$namespace}', /\$namespace outside/],
  ['a value in a raw string', 'a{ns=`$namespace`}', /\$namespace outside/],
  ['a window in quotes', 'a{ns="$window"}', /\$window within quotes/],
  ['a pattern that is compared', 'a{p="$pods"}', /write =~"\$pods"/],
  ['an unknown placeholder', 'a{p="$cluster"}', /\$cluster, which means/],
  ['a missing one', 'a{n="$namespace",w="$workload"}', /has no \$window/],
  [
    'no workload',
    'a{n="$namespace"}[$window]',
    /neither of \$workload, \$pods/,
  ],
  ['one only in a comment', 'a{} # "$namespace"', /has no \$namespace/],
])('finds %s', (_, text, expected) => {
  expect(compileTemplate(text, rules).mistakes.join('; ')).toMatch(expected);
});

it('knows pods of a deployment by their names', () => {
  const matches = (workload: string, pod: string) =>
    new RegExp(`^(?:${podPattern(workload)})$`).test(pod);
  expect(matches('orders', 'orders-7d4f9c6b5-x2k4p')).toBe(true);
  expect(matches('orders', 'orders-api-7d4f9c6b5-x2k4p')).toBe(false);
  expect(matches('orders', 'my-orders-7d4f9c6b5-x2k4p')).toBe(false);
  expect(matches('a.b', 'axb-7d4f9c6b5-x2k4p')).toBe(false);
  // As Kubernetes cuts them: the replica set's name and a dash, 58 characters, and five more.
  for (const length of [46, 47, 50, 56, 57, 58, 63]) {
    const name = 'n'.repeat(length);
    const pod = `${`${name}-7d4f9c6b54-`.slice(0, 58)}x2k4p`;
    expect([length, matches(name, pod)]).toEqual([length, true]);
  }
});
