import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent, request } from 'undici';
import {
  createPod,
  createService,
  setReady,
  startFixture,
} from './testing/cluster-fixture.ts';
import { startPodProcess } from './testing/pod-process.ts';

test(
  'replacing every pod under load loses no request, reads and writes alike',
  { timeout: 30_000 },
  async t => {
    const { store, proxy, urlOf } = await startFixture(t);
    createService(store, 'orders');
    const agent = new Agent();
    t.after(() => agent.close());
    const url = await urlOf('orders');

    const startPod = async (name: string) => {
      const process = await startPodProcess();
      t.after(() => process.kill());
      const identity = createPod(store, {
        name,
        port: process.port,
        ready: false,
      });
      setReady(store, name, true);
      return { name, process, identity };
    };
    const pods = await Promise.all(['a0', 'b0', 'c0'].map(startPod));

    let stop = false;
    let answered = 0;
    const failures: string[] = [];
    const servedBy = new Set<string>();
    const caller = async (method: 'GET' | 'POST') => {
      while (!stop) {
        const body = method === 'POST' ? 'x'.repeat(2_000) : undefined;
        try {
          const response = await request(url, {
            method,
            body,
            dispatcher: agent,
          });
          const text = await response.body.text();
          servedBy.add(text.split(' ')[0]);
          if (response.statusCode === 200) answered += 1;
          else failures.push(`${response.statusCode} ${text}`);
        } catch (error) {
          failures.push(String(error));
        }
      }
    };
    const load = Promise.all([
      ...Array.from({ length: 12 }, () => caller('GET')),
      ...Array.from({ length: 12 }, () => caller('POST')),
    ]);

    const endings: { code: number | null; tookMs: number }[] = [];
    for (let round = 1; round <= 3; round += 1) {
      for (const [i, old] of pods.entries()) {
        pods[i] = await startPod(`${old.name[0]}${round}`);
        await proxy.drain(old.identity.uid, 100);
        endings.push(await old.process.terminate());
        store.remove({
          apiVersion: 'v1',
          kind: 'Pod',
          namespace: 'default',
          name: old.name,
        });
      }
    }
    stop = true;
    await load;

    assert.deepEqual(failures, []);
    assert.ok(answered > 500, `only ${answered} requests were made`);
    assert.equal(servedBy.size, 12, 'every pod of every round served');
    assert.ok(endings.every(({ code }) => code === 0));
    const slowest = Math.max(...endings.map(({ tookMs }) => tookMs));
    assert.ok(
      slowest < 1_000,
      `a pod took ${slowest} ms to end: the proxy kept its connections`,
    );
  },
);
