import { addressOf } from './findAddress';

const service = (over: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'orders' },
  ...over,
});

describe('where a component answers', () => {
  it('is told by the load balancer of its Service', () => {
    expect(
      addressOf(
        service({
          spec: { ports: [{ port: 8080 }] },
          status: { loadBalancer: { ingress: [{ ip: '10.0.0.7' }] } },
        }),
      ),
    ).toBe('http://10.0.0.7:8080');
  });

  it('is told by an annotation of the cluster', () => {
    expect(
      addressOf(
        service({
          metadata: {
            name: 'orders',
            annotations: { 'some-cluster/url': 'http://127.0.0.1:30001' },
          },
          status: { loadBalancer: {} },
        }),
      ),
    ).toBe('http://127.0.0.1:30001');
  });

  it('is unknown otherwise, and never something else than a web address', () => {
    expect(addressOf(service({}))).toBeUndefined();
    expect(
      addressOf(
        service({
          metadata: {
            name: 'a',
            annotations: { 'x/url': 'file:///etc/passwd' },
          },
        }),
      ),
    ).toBeUndefined();
  });
});
