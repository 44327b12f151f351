import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Select,
} from '@backstage/ui';
import { CommitRef, ErrorState } from '@ghostlight/plugin-ghostlight-react';
import { useState } from 'react';
import { useCommit, useDeploy } from '../../api';
import type { Standing } from '../../facts/standing';
import styles from './DeployDialog.module.css';
import { useMayDeploy } from './useMayDeploy';

export interface DeployDialogProps {
  sha: string;
  entityRef: string;
  repository: string;
  standings: readonly Standing[];
  onClose: () => void;
}

/** Which commit goes where, what it replaces, and doing it. */
export function DeployDialog(props: DeployDialogProps) {
  const { sha, entityRef, repository, standings, onClose } = props;
  const [name, setName] = useState(standings[0]?.environment.name);
  const target = standings.find(({ environment }) => environment.name === name);
  const commit = useCommit(repository, sha);
  const mayDeploy = useMayDeploy(entityRef, target?.environment);
  const deploy = useDeploy(repository, entityRef);
  const running = useCommit(repository, target?.current?.sha);
  const short = sha.slice(0, 7);
  const isOlder =
    commit.data !== undefined &&
    running.data !== undefined &&
    Date.parse(commit.data.at) < Date.parse(running.data.at);
  const doing = isOlder ? 'Roll back to' : 'Deploy';
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()}>
      <DialogHeader>
        {doing} {short}
      </DialogHeader>
      <DialogBody>
        <div className={styles.body}>
          {commit.error ? (
            <ErrorState
              what={`There is no commit ${short} in ${repository}`}
              error={commit.error}
            />
          ) : (
            <CommitRef
              sha={sha}
              message={commit.data?.message}
              author={commit.data?.author.name}
            />
          )}
          {standings.length > 1 && (
            <Select
              label="Environment"
              options={standings.map(({ environment }) => ({
                id: environment.name,
                label: `${environment.name} (${environment.tier})`,
              }))}
              value={name}
              onChange={key => setName(String(key))}
            />
          )}
          {target && <p className={styles.text}>{consequence(target, sha)}</p>}
          {mayDeploy === false && (
            <p className={styles.text}>
              {target?.environment.tier === 'production'
                ? 'Only operators deploy to production.'
                : 'Only owners of the component and operators deploy it.'}
            </p>
          )}
          {deploy.error && (
            <ErrorState what="It was not deployed" error={deploy.error} />
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          isDisabled={!mayDeploy || !target || !commit.data}
          isPending={deploy.isPending}
          onPress={() =>
            target &&
            deploy.mutate(
              { sha, environment: target.environment.name },
              { onSuccess: onClose },
            )
          }
        >
          {isOlder ? `Roll back ${name}` : `Deploy to ${name}`}
        </Button>
        <Button variant="secondary" onPress={onClose}>
          Cancel
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

/** What pressing the button does, before it is pressed. */
function consequence(
  { environment, current, underWay }: Standing,
  sha: string,
): string {
  const { name } = environment;
  if (underWay?.sha === sha) {
    return `This commit is on its way to ${name} already; you will see that deployment.`;
  }
  const stops = underWay
    ? ` Stops the deployment of ${underWay.sha.slice(0, 7)} that is under way.`
    : '';
  if (current?.sha === sha) {
    return `It runs in ${name} already: its replicas are left alone unless the manifests changed.${stops}`;
  }
  return current
    ? `Replaces ${current.sha.slice(
        0,
        7,
      )} in ${name}, replica by replica; the old ones serve until the new ones are ready.${stops}`
    : `The first deployment to ${name}.${stops}`;
}
