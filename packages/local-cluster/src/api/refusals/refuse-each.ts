import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { type ApiFixture, startApi } from '../testing/api-fixture.ts';

/** What is sent where, and what the message has to name. */
export type Refused = [what: string, path: string, body: object, names: RegExp];

/** One test each: refused as invalid, by name, and nothing of it is stored. */
export function refuseEach(cases: Refused[]): void {
  let api: ApiFixture;
  before(async () => {
    api = await startApi();
  });
  after(async () => {
    await api.stop();
    assert.deepEqual(api.unexpected, []);
  });

  cases.forEach(([what, path, body, names]) => {
    it(what, async () => {
      const answer = await api.request('POST', path, { body });
      assert.equal(answer.code, 422, JSON.stringify(answer.body));
      assert.equal(answer.body.reason, 'Invalid');
      assert.match(answer.body.message, names);
      assert.ok(answer.body.details.causes.length > 0);
      const { body: list } = await api.request('GET', path);
      assert.deepEqual(list.items, []);
    });
  });
}
