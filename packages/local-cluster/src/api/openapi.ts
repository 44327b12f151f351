import { ApiError } from '../api-error.ts';
import { groupVersions, type GroupVersion } from './discovery.ts';
import { schemasOf } from './openapi-schemas.ts';
import { version } from './version.ts';

const pathOf = ({ group, version: v }: GroupVersion) =>
  group === '' ? `api/${v}` : `apis/${group}/${v}`;

const query = (name: string) => ({
  name,
  in: 'query',
  schema: { type: 'string' },
});

/** `/openapi/v3`: where the document of each group is. */
export const index = {
  paths: Object.fromEntries(
    groupVersions.map(served => [
      pathOf(served),
      { serverRelativeURL: `/openapi/v3/${pathOf(served)}` },
    ]),
  ),
};

/**
 * The document of one group: before it applies, kubectl reads whether the server checks fields (`fieldValidation`) and knows dry runs
 * (`dryRun`) when a kind is patched, and `kubectl explain` shows the schemas. They do not say how lists merge: kubectl knows that of
 * itself, and asks the server else.
 */
export function documentOf(path: string) {
  const served = groupVersions.find(each => pathOf(each) === path);
  if (!served) {
    throw new ApiError(
      'NotFound',
      `there is no OpenAPI document of ${path}; see /openapi/v3`,
    );
  }
  const paths = served.resources.map(
    ({ resource, scope, responseKind, verbs }) => {
      const about = {
        'x-kubernetes-group-version-kind': responseKind,
        responses: { 200: { description: 'OK' } },
      };
      return [
        `/${path}/${
          scope === 'Namespaced' ? 'namespaces/{namespace}/' : ''
        }${resource}/{name}`,
        {
          ...(verbs.includes('get') && {
            get: { 'x-kubernetes-action': 'get', ...about },
          }),
          ...(verbs.includes('patch') && {
            patch: {
              'x-kubernetes-action': 'patch',
              parameters: [
                'dryRun',
                'fieldManager',
                'fieldValidation',
                'force',
              ].map(query),
              ...about,
            },
          }),
        },
      ];
    },
  );
  return {
    openapi: '3.0.0',
    info: { title: 'local-cluster', version: version.gitVersion },
    paths: Object.fromEntries(paths),
    components: { schemas: schemasOf(served.group, served.version) },
  };
}

/** kubectl also asks for it by an older name, which Go cannot read in an answer. */
const V2_PROTOBUF =
  'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/**
 * `/openapi/v2`: a document without definitions. kubectl reads it for kinds that /openapi/v3 does not have, and then says itself that
 * there is no such kind.
 */
export const versionTwo = (accept: string) =>
  accept.includes('protobuf')
    ? // A protobuf message of which every field is absent has no bytes.
      { type: V2_PROTOBUF, text: '' }
    : {
        type: 'application/json',
        text: JSON.stringify({
          swagger: '2.0',
          info: { title: 'local-cluster', version: version.gitVersion },
          paths: {},
        }),
      };
