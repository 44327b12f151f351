import { aggregated, coreVersions, groupList } from './discovery.ts';
import type { Exchange } from './http/exchange.ts';
import { sendJson, sendText } from './requests/represent.ts';

/** The media type by which clients ask for aggregated discovery, with its version. */
const AGGREGATED =
  /g=apidiscovery\.k8s\.io;v=(v2|v2beta1);as=APIGroupDiscoveryList/;

/** Answers /api and /apis. */
export function discover(
  { request, response }: Exchange,
  isCore: boolean,
): void {
  const asked = AGGREGATED.exec(request.headers.accept ?? '');
  if (!asked) {
    sendJson(response, 200, isCore ? coreVersions : groupList);
    return;
  }
  const [parameters, apiVersion] = asked;
  sendText(
    response,
    200,
    `application/json;${parameters}`,
    JSON.stringify(aggregated(isCore, apiVersion)),
  );
}
