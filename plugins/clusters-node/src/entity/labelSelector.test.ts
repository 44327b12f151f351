import { matchesLabels, parseLabelSelector } from './labelSelector';

describe('label selectors', () => {
  it.each([
    ['app=orders', { app: 'orders' }, true],
    ['app==orders', { app: 'other' }, false],
    ['app!=orders', { app: 'other' }, true],
    ['app!=orders', {}, true],
    ['tier in (web, api),app', { tier: 'api', app: 'x' }, true],
    ['tier in (web,api)', { tier: 'db' }, false],
    ['tier notin (web)', { tier: 'db' }, true],
    ['!legacy', {}, true],
    ['!legacy', { legacy: '' }, false],
    [
      'app.kubernetes.io/name=a,env=b',
      { 'app.kubernetes.io/name': 'a' },
      false,
    ],
    ['constructor', {}, false],
  ])('%s on %j is %s', (selector, labels, expected) => {
    expect(matchesLabels(parseLabelSelector(selector), labels)).toBe(expected);
  });

  it.each(['a b', 'a in web', '(a)', 'a=b=c', 'a;b'])(
    'refuses %p',
    selector => {
      expect(() => parseLabelSelector(selector)).toThrow(
        `"${selector}" is not a label selector`,
      );
    },
  );
});
