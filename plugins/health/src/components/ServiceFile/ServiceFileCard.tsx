import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { formatPlural } from '@ghostlight/plugin-ghostlight-react';
import { useObjectivesOfEntity } from '../Objectives/useObjectives';
import { MistakesOf } from './ServiceFileMistakes';

/** Stands on the overview only while something is wrong in the file. */
export function ServiceFileCard() {
  const { entity } = useEntity();
  const { data } = useObjectivesOfEntity(stringifyEntityRef(entity));
  const file = data?.serviceFile;
  if (!file || file.mistakes.length === 0) {
    return null;
  }
  return (
    <EntityInfoCard
      title={`${formatPlural(file.mistakes.length, 'mistake')} in ${file.path}`}
    >
      <MistakesOf file={file} />
    </EntityInfoCard>
  );
}
