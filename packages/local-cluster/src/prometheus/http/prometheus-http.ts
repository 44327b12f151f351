import type { HttpExtension } from '../../types.ts';
import {
  ApiProblem,
  badData,
  problemOf,
  sendData,
  sendProblem,
} from './envelope.ts';
import { readParameters } from './parameters.ts';
import type { ApiEndpoint, ApiParts } from './parts.ts';
import { queryEndpoints } from './query-endpoints.ts';
import { seriesEndpoints } from './series-endpoints.ts';
import { statusEndpoints } from './status-endpoints.ts';

const PREFIX = '/prometheus';
const API = `${PREFIX}/api/v1/`;

const ENDPOINTS: readonly ApiEndpoint[] = [
  ...queryEndpoints,
  ...seriesEndpoints,
  ...statusEndpoints,
];

interface Found {
  endpoint: ApiEndpoint;
  /** What stands where the path has `*`. */
  segment: string;
}

function find(pathname: string): Found {
  if (pathname.startsWith(API)) {
    const path = pathname.slice(API.length).replace(/\/$/, '').split('/');
    for (const endpoint of ENDPOINTS) {
      const wanted = endpoint.path.split('/');
      if (
        wanted.length === path.length &&
        wanted.every((part, i) => part === '*' || part === path[i])
      ) {
        return { endpoint, segment: decode(path[wanted.indexOf('*')] ?? '') };
      }
    }
  }
  throw new ApiProblem(
    404,
    'not_found',
    `the local cluster has nothing at ${pathname}; under ${API} it serves ${ENDPOINTS.map(
      ({ path }) => path.replace('*', '<name>'),
    ).join(', ')}`,
  );
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badData(`${segment} is not percent-encoded correctly`);
  }
}

/** Prometheus' HTTP API: https://prometheus.io/docs/prometheus/latest/querying/api/ */
export function prometheusHttp(parts: ApiParts): HttpExtension {
  return {
    prefix: PREFIX,
    async handle(request, response, url) {
      try {
        const { endpoint, segment } = find(url.pathname);
        if (!endpoint.methods.some(method => method === request.method)) {
          response.setHeader('allow', endpoint.methods.join(', '));
          throw new ApiProblem(
            405,
            'bad_data',
            `${
              request.method
            } is not answered here, only ${endpoint.methods.join(' and ')}`,
          );
        }
        const parameters = await readParameters(request, url);
        const { data, warnings } = await endpoint.answer(
          parts,
          parameters,
          segment,
        );
        sendData(response, data, warnings);
      } catch (error) {
        const problem = problemOf(error);
        if (!problem) throw error;
        // The rest of a body that was not read must not be taken for the next request.
        if (!request.complete) response.setHeader('connection', 'close');
        sendProblem(response, problem);
      }
    },
  };
}
