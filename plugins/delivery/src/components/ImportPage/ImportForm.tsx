import {
  Button,
  Radio,
  RadioGroup,
  Select,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import { Panel } from '@ghostlight/plugin-ghostlight-react';
import type { ImportRequest } from '@ghostlight/plugin-delivery-common';
import { useState } from 'react';
import styles from './ImportPage.module.css';
import type { Choice } from './useImport';

type Kind = 'repository' | 'manifests' | 'elsewhere';

export interface ImportFormProps {
  owners: Choice[];
  systems: Choice[];
  repositories: string[];
  isPending: boolean;
  onPropose: (request: ImportRequest) => void;
  /** What was proposed before is of something else now. */
  onChange: () => void;
}

const kinds: Kind[] = ['repository', 'manifests', 'elsewhere'];
const NO_SYSTEM = 'none';

/** What there is to bring in, and whose it is to be. */
export function ImportForm(props: ImportFormProps) {
  const { owners, systems, repositories, isPending, onPropose, onChange } =
    props;
  const changing =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      onChange();
    };
  const [kind, setKind] = useState<Kind>(
    repositories.length > 0 ? 'repository' : 'manifests',
  );
  const [repository, setRepository] = useState<string>();
  const [elsewhere, setElsewhere] = useState('');
  const [manifests, setManifests] = useState('');
  const [owner, setOwner] = useState(owners[0]?.id);
  const [system, setSystem] = useState(NO_SYSTEM);
  const what: Record<Kind, Pick<ImportRequest, 'repository' | 'manifests'>> = {
    repository: { repository },
    elsewhere: {
      repository: elsewhere
        .trim()
        .replace(/^https?:\/\//, '')
        .replace(/(\.git)?\/*$/, ''),
    },
    manifests: { manifests },
  };
  const given = what[kind].repository || what[kind].manifests?.trim();
  return (
    <Panel title="What do you have?">
      <div className={styles.form}>
        <RadioGroup
          aria-label="What do you have?"
          orientation="horizontal"
          value={kind}
          onChange={value =>
            setKind(kinds.find(each => each === value) ?? kind)
          }
        >
          <Radio value="repository">A repository here</Radio>
          <Radio value="manifests">Kubernetes manifests</Radio>
          <Radio value="elsewhere">A repository elsewhere</Radio>
        </RadioGroup>
        {kind === 'repository' && (
          <Select
            label="Repository"
            placeholder="Choose one"
            options={repositories.map(name => ({ id: name, label: name }))}
            value={repository ?? null}
            onChange={changing(key => setRepository(String(key)))}
          />
        )}
        {kind === 'elsewhere' && (
          <TextField
            label="Repository"
            description="At a host under integrations in the configuration, e.g. github.com/acme/orders"
            value={elsewhere}
            onChange={changing(setElsewhere)}
          />
        )}
        {kind === 'manifests' && (
          <TextAreaField
            className={styles.manifests}
            label="Manifests"
            description="YAML, one or more objects; a Deployment says most"
            value={manifests}
            onChange={changing(setManifests)}
          />
        )}
        <div className={styles.fields}>
          <Select
            label="Owner"
            options={owners}
            value={owner}
            onChange={changing(key => setOwner(String(key)))}
          />
          <Select
            label="System"
            options={[{ id: NO_SYSTEM, label: 'None' }, ...systems]}
            value={system}
            onChange={changing(key => setSystem(String(key)))}
          />
        </div>
        <div className={styles.bar}>
          <Button
            variant="primary"
            isDisabled={!given || !owner}
            isPending={isPending}
            onPress={() =>
              onPropose({
                ...what[kind],
                owner: owner ?? '',
                ...(system !== NO_SYSTEM && { system }),
              })
            }
          >
            Look at it
          </Button>
        </div>
      </div>
    </Panel>
  );
}
