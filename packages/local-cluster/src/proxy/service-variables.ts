import type { ServiceFacts } from './observe.ts';

const variableName = (name: string) =>
  name.toUpperCase().replace(/[^A-Z0-9]/g, '_');

/**
 * What Kubernetes tells a pod of a Service by its environment: `ORDERS_SERVICE_HOST`, `ORDERS_SERVICE_PORT` and, for named
 * ports, `ORDERS_SERVICE_PORT_HTTP`. All ports are the listener that belongs to that pod.
 */
export function serviceVariables(
  service: ServiceFacts,
  port: number,
): Record<string, string> {
  const prefix = `${variableName(service.name)}_SERVICE`;
  const variables: Record<string, string> = {
    [`${prefix}_HOST`]: '127.0.0.1',
    [`${prefix}_PORT`]: String(port),
  };
  for (const { name } of service.ports) {
    if (name) variables[`${prefix}_PORT_${variableName(name)}`] = String(port);
  }
  return variables;
}
