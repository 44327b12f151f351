import { Panel } from '@ghostlight/plugin-ghostlight-react';
import { useForgePaths } from '../../paths';
import { Markdown } from '../Markdown';
import { useRepository } from '../Repository';

export interface ReadmeProps {
  path: string;
  gitRef?: string;
}

/** The README of the repository that is open. Links to its files open them here. */
export function Readme(props: ReadmeProps) {
  const { path, gitRef } = props;
  const { name } = useRepository();
  const paths = useForgePaths();
  return (
    <Panel title={path}>
      <Markdown
        repository={name}
        path={path}
        gitRef={gitRef}
        hrefOf={file => paths.file(name, file, gitRef)}
      />
    </Panel>
  );
}
