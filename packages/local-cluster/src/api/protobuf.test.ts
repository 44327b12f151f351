import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type ApiFixture,
  CONFIG_MAPS,
  configMap,
  DEPLOYMENTS,
  startApi,
} from './testing/api-fixture.ts';

const PROTOBUF = 'application/vnd.kubernetes.protobuf';

/** What kubectl 1.32 sends, recorded. */
const RECORDED = {
  // create deployment made --image=web:4fdae92323cd --port=8080 --replicas=0
  deployment:
    'azhzAAoVCgdhcHBzL3YxEgpEZXBsb3ltZW50EsYBCiEKBG1hZGUSABoAIgAqADIAOABCAFoLCgNhcHASBG1hZGUSkgEIABINCgsKA2FwcBIEbWFkZRp3Ch0KABIAGgAiACoAMgA4AEIAWgsKA2FwcBIEbWFkZRJWEjgKA3dlYhIQd2ViOjRmZGFlOTIzMjNjZCoAMgsKABAAGJA/IgAqAEIAagByAIABAIgBAJABAKIBABoAMgBCAEoAUgBYAGAAaACCAQCKAQCaAQDCAQAiAgoAKAA4ABoMCAAQABgAIAAoADgAGgAiAA==',
  // create configmap cm1 --from-literal=a=b
  configMap:
    'azhzAAoPCgJ2MRIJQ29uZmlnTWFwEh0KEwoDY20xEgAaACIAKgAyADgAQgASBgoBYRIBYhoAIgA=',
};

describe('protobuf', () => {
  let api: ApiFixture;
  before(async () => {
    api = await startApi();
  });
  after(async () => {
    await api.stop();
    assert.deepEqual(api.unexpected, []);
  });

  const send = async (method: string, path: string, body: Buffer) => {
    const response = await api.open(path, {
      method,
      headers: { 'content-type': PROTOBUF },
      body: new Uint8Array(body),
    });
    return { code: response.status, body: JSON.parse(await response.text()) };
  };
  const recorded = (name: keyof typeof RECORDED) =>
    Buffer.from(RECORDED[name], 'base64');

  it('is how kubectl create sends objects, which get what it says and nothing else', async () => {
    const made = await send('POST', CONFIG_MAPS, recorded('configMap'));
    assert.equal(made.code, 201, JSON.stringify(made.body));
    assert.deepEqual(made.body.data, { a: 'b' });
    const { code, body } = await send(
      'POST',
      DEPLOYMENTS,
      recorded('deployment'),
    );
    assert.equal(code, 201, JSON.stringify(body));
    // A zero that was asked for is kept; one that only means "not set" is not.
    assert.equal(body.spec.replicas, 0);
    assert.equal(body.spec.progressDeadlineSeconds, 600);
    assert.deepEqual(body.spec.selector.matchLabels, { app: 'made' });
    const [container] = body.spec.template.spec.containers;
    assert.equal(container.image, 'web:4fdae92323cd');
    assert.deepEqual(container.ports, [
      { containerPort: 8080, protocol: 'TCP' },
    ]);
  });

  it('carries the options of a deletion', async () => {
    await api.request('POST', CONFIG_MAPS, { body: configMap('kept') });
    // DeleteOptions { dryRun: ["All"] }
    const options = Buffer.concat([
      Buffer.from('k8s\0'),
      Buffer.from([0x0a, 0x13, 0x0a, 0x02]),
      Buffer.from('v1'),
      Buffer.from([0x12, 0x0d]),
      Buffer.from('DeleteOptions'),
      Buffer.from([0x12, 0x05, 0x2a, 0x03]),
      Buffer.from('All'),
    ]);
    const path = `${CONFIG_MAPS}/kept`;
    assert.equal((await send('DELETE', path, options)).code, 200);
    assert.equal((await api.request('GET', path)).code, 200);
  });

  it('is refused where it says what is not known here, and where it is torn', async () => {
    const post = (body: Buffer) => send('POST', CONFIG_MAPS, body);
    const job = await post(
      Buffer.from('k8s\0\x0a\x05\x12\x03Job\x12\x00', 'latin1'),
    );
    assert.equal(job.code, 415);
    assert.match(job.body.message, /does not read Job in protobuf, only Pod/);
    const strange = recorded('configMap');
    // Field 4 of ObjectMeta, selfLink, is not read here: give it a value instead of none.
    const at = strange.indexOf(Buffer.from([0x22, 0x00, 0x2a, 0x00]));
    const filled = Buffer.concat([
      strange.subarray(0, at),
      Buffer.from([0x20, 0x05]),
      strange.subarray(at + 2),
    ]);
    const unknown = await post(filled);
    assert.equal(unknown.code, 415);
    assert.match(unknown.body.message, /field 4 of ObjectMeta at metadata/);
    assert.match(
      (await post(strange.subarray(0, 40))).body.message,
      /not valid protobuf/,
    );
    assert.match(
      (await post(Buffer.from('k8s'))).body.message,
      /not the protobuf of Kubernetes/,
    );
  });
});
