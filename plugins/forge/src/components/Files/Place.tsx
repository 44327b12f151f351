import { Link, Select } from '@backstage/ui';
import { useNavigate } from 'react-router-dom';
import { useForgeQuery } from '../../api';
import { useForgePaths } from '../../paths';
import { useRepository } from '../Repository';
import styles from './Files.module.css';

export interface PlaceProps {
  path: string;
  gitRef?: string;
}

/** Where one is: the branch, to change it, and the folders above, to go up. */
export function Place(props: PlaceProps) {
  const { path, gitRef } = props;
  const { name, defaultBranch } = useRepository();
  const paths = useForgePaths();
  const navigate = useNavigate();
  const { data: branches = [] } = useForgeQuery(
    ['repository', name, 'branches'],
    (forge, options) => forge.listBranches(name, options),
  );
  const current = gitRef ?? defaultBranch;
  const names = branches.map(branch => branch.name);
  const options = [...new Set([current, ...names])].map(value => ({
    value,
    label: value,
  }));
  const parts = path.split('/').filter(Boolean);
  return (
    <div className={styles.place}>
      <Select
        className={styles.branch}
        aria-label="Branch"
        size="small"
        options={options}
        value={current}
        onChange={value =>
          navigate(
            paths.tree(
              name,
              '',
              value === defaultBranch ? undefined : `${value}`,
            ),
          )
        }
      />
      <nav aria-label="Folder" className={styles.crumbs}>
        <Link href={paths.tree(name, '', gitRef)}>{name}</Link>
        {parts.map((part, index) => {
          const above = parts.slice(0, index + 1).join('/');
          const isLast = index === parts.length - 1;
          return (
            <span key={above}>
              {' / '}
              {isLast ? (
                <span aria-current="page">{part}</span>
              ) : (
                <Link href={paths.tree(name, above, gitRef)}>{part}</Link>
              )}
            </span>
          );
        })}
      </nav>
    </div>
  );
}
