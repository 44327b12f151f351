import { ScmIntegrations } from '@backstage/integration';
import { InputError } from '@backstage/errors';

/** Who hosts a repository. */
export type HostKind = 'github' | 'gitlab';

/** A repository at a host of the configured `integrations`. */
export type HostedRepository = {
  kind: HostKind;
  /** `github.com`, with its port where it has one. */
  host: string;
  /** `acme/orders`; with more groups at GitLab. */
  path: string;
  /** How deployments name it: `github.com/acme/orders`. */
  name: string;
  /** Where people look at it. */
  url: string;
};

const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/** Reads the repository out of any address below it; undefined when no integration of a supported kind has that host. */
export function hostedRepositoryOf(
  address: string,
  integrations: ScmIntegrations,
): HostedRepository | undefined {
  const text = address.replace(/^url:/, '');
  if (!URL.canParse(text)) {
    return undefined;
  }
  const url = new URL(text);
  const kind = integrations.byHost(url.host)?.type;
  if (kind !== 'github' && kind !== 'gitlab') {
    return undefined;
  }
  const below =
    kind === 'github'
      ? url.pathname.split('/').filter(Boolean).slice(0, 2)
      : url.pathname
          .replace(/\/-\/.*$/, '')
          .split('/')
          .filter(Boolean);
  const segments = below.map(each => each.replace(/\.git$/, ''));
  if (segments.length < 2 || !segments.every(each => SEGMENT.test(each))) {
    return undefined;
  }
  const path = segments.join('/');
  // Hosts tell names apart without regard to case: neither may a deployment.
  const name = `${url.host}/${path}`.toLocaleLowerCase('en-US');
  return {
    kind,
    host: url.host,
    path,
    name,
    url: `https://${url.host}/${path}`,
  };
}

/** @throws InputError that says which hosts are configured */
export function requireHosted(
  name: string,
  integrations: ScmIntegrations,
): HostedRepository {
  const found = hostedRepositoryOf(`https://${name}`, integrations);
  if (!found) {
    const hosts = integrations
      .list()
      .filter(({ type }) => type === 'github' || type === 'gitlab')
      .map(({ title }) => title);
    throw new InputError(
      `${name} is no repository of a configured host; write it as host/owner/name with a host under integrations.github or integrations.gitlab (${
        hosts.join(', ') || 'none is configured'
      })`,
    );
  }
  return found;
}
