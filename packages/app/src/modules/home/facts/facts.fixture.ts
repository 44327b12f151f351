import type { Deployment } from '@ghostlight/plugin-delivery-common';
import type { Commit, Repository } from '@ghostlight/plugin-forge-common';
import type { Alert } from '@ghostlight/plugin-health-common';
import type { Component } from './component';

export const MAYA = 'user:default/maya';

export function component(name: string): Component {
  return { ref: `component:default/${name}`, name, hasWorkload: true };
}

let count = 0;

export function alert(of: Partial<Alert>): Alert {
  count += 1;
  return {
    id: `alert-${count}`,
    entityRef: 'component:default/orders',
    environment: 'local',
    name: 'errors',
    kind: 'threshold',
    severity: 'critical',
    state: 'firing',
    version: 1,
    summary: 'errors are 4.2 %, above 1 % for 3 min',
    threshold: 0.01,
    startedAt: '2026-11-21T14:00:00Z',
    lastSeenAt: '2026-11-21T14:03:00Z',
    ...of,
  };
}

export function deployment(of: Partial<Deployment>): Deployment {
  count += 1;
  return {
    id: `deployment-${count}`,
    entityRef: 'component:default/orders',
    repository: 'orders',
    environment: 'local',
    sha: 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678',
    key: `key-${count}`,
    version: 1,
    state: 'succeeded',
    by: MAYA,
    origin: 'template',
    startedAt: '2026-11-21T14:00:00Z',
    finishedAt: '2026-11-21T14:00:30Z',
    ...of,
  };
}

export function commit(at: string, message = 'Say more'): Commit {
  count += 1;
  return {
    sha: String(count).padStart(40, '0'),
    message,
    at,
    author: { name: 'Maya Lindqvist', email: 'maya@example.com', ref: MAYA },
    parents: [],
  };
}

export function repository(of: Partial<Repository>): Repository {
  return {
    name: 'orders',
    owner: 'group:default/team-checkout',
    defaultBranch: 'main',
    createdAt: '2026-11-21T13:59:00Z',
    createdBy: MAYA,
    cloneUrl: 'http://localhost:7007/api/forge/git/orders.git',
    webUrl: 'http://localhost:7007/forge/orders',
    ...of,
  };
}
