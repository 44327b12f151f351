import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import type { Deployment } from '@ghostlight/plugin-delivery-common';
import {
  CommitRef,
  DataColumn,
  DataTable,
  Panel,
  RelativeTime,
  Status,
} from '@ghostlight/plugin-ghostlight-react';
import { deploymentLook } from '../../facts/deploymentLook';
import type { Standing } from '../../facts/standing';
import { useForgeCommitPath } from '../../facts/useForgeCommitPath';

/** What stands in each environment. */
export function Environments(props: {
  standings: readonly Standing[];
  repository: string;
}) {
  const path = useForgeCommitPath(props.repository);
  const columns: DataColumn<Standing>[] = [
    {
      id: 'environment',
      title: 'Environment',
      rowHeader: true,
      render: ({ environment: { name, tier } }) =>
        name === tier ? name : `${name} (${tier})`,
    },
    {
      id: 'commit',
      title: 'Deployed',
      render: ({ current }) =>
        current ? (
          <CommitRef sha={current.sha} href={path(current.sha)} />
        ) : (
          'nothing yet'
        ),
    },
    {
      id: 'when',
      title: 'Since',
      render: ({ current }) =>
        current?.finishedAt ? <RelativeTime at={current.finishedAt} /> : '',
    },
    {
      id: 'by',
      title: 'By',
      render: ({ current }) => current && <By deployment={current} />,
    },
    {
      id: 'address',
      title: 'Answers at',
      render: ({ current }) =>
        current?.url ? (
          <Link href={current.url} target="_blank">
            {current.url.replace(/^https?:\/\//, '')}
          </Link>
        ) : (
          ''
        ),
    },
    {
      id: 'now',
      title: 'Now',
      render: ({ underWay, failed }) => {
        const shown = underWay ?? failed;
        if (!shown) return '';
        const { value, word } = deploymentLook(shown);
        return (
          <Status value={value} word={`${word} ${shown.sha.slice(0, 7)}`} />
        );
      },
    },
  ];
  return (
    <Panel title="Environments" flush>
      <DataTable
        caption="What is deployed where"
        columns={columns}
        rows={props.standings}
        rowKey={({ environment }) => environment.name}
      />
    </Panel>
  );
}

/** Who asked for it: a person of the catalog, or somebody at a host. */
export function By({ deployment }: { deployment: Deployment }) {
  const { by } = deployment;
  return by.startsWith('user:') ? (
    <EntityDisplayName entityRef={by} hideIcon />
  ) : (
    <span>{by.replace(/^[^:]+:/, '')}</span>
  );
}
