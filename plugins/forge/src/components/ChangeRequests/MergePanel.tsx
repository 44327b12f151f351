import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
} from '@backstage/ui';
import {
  CodeBlock,
  ErrorState,
  Panel,
} from '@ghostlight/plugin-ghostlight-react';
import type { ChangeRequest } from '@ghostlight/plugin-forge-common';
import { useState } from 'react';
import { useForgeMutation } from '../../api';
import { useRepository } from '../Repository';
import styles from './ChangeRequests.module.css';
import { mergeSentence } from './mergeSentence';
import { useMayWrite } from './useMayWrite';

export interface MergePanelProps {
  request: ChangeRequest;
  /** Head of the source branch that is on screen: nothing else gets merged. */
  head: string | undefined;
}

const canMerge = ({ merge }: ChangeRequest) =>
  merge?.how === 'fast-forward' || merge?.how === 'merge commit';

/** What merging would do, and doing it. */
export function MergePanel(props: MergePanelProps) {
  const { request, head } = props;
  const { number, source, target } = request;
  const { name, owner, defaultBranch } = useRepository();
  const mayWrite = useMayWrite(name);
  const [isAsking, setAsking] = useState(false);
  const merge = useForgeMutation(name, async forge => {
    setAsking(false);
    await forge.mergeChangeRequest(name, number, { expectedHead: head });
  });
  const close = useForgeMutation(name, forge =>
    forge.closeChangeRequest(name, number),
  );
  return (
    <Panel title="Merge">
      <div className={styles.form}>
        <p className={styles.sentence}>{mergeSentence(request)}</p>
        {merge.error && (
          <ErrorState what="It was not merged" error={merge.error} />
        )}
        {close.error && (
          <ErrorState what="It was not closed" error={close.error} />
        )}
        {request.merge?.how === 'conflict' && (
          <CodeBlock
            label="Commands to settle the conflict"
            code={`git checkout ${source}\ngit merge origin/${target}\n# settle the conflict, then\ngit commit --all\ngit push`}
          />
        )}
        {mayWrite === false && (
          <p className={styles.note}>
            Only {owner} and operators merge and close here.
          </p>
        )}
        {mayWrite && (
          <div className={styles.bar}>
            <DialogTrigger isOpen={isAsking} onOpenChange={setAsking}>
              <Button
                variant="primary"
                isDisabled={!canMerge(request) || !head}
                isPending={merge.isPending}
              >
                Merge into {target}
              </Button>
              <Dialog>
                <DialogHeader>
                  Merge {source} into {target} of {name}
                </DialogHeader>
                <DialogBody>
                  {mergeSentence(request)}
                  {target === defaultBranch &&
                    ` Environments that deploy on push get the new ${target}.`}
                </DialogBody>
                <DialogFooter>
                  <Button
                    variant="primary"
                    onPress={() => merge.mutate(undefined)}
                  >
                    Merge
                  </Button>
                  <Button variant="secondary" onPress={() => setAsking(false)}>
                    Cancel
                  </Button>
                </DialogFooter>
              </Dialog>
            </DialogTrigger>
            <Button
              variant="secondary"
              isPending={close.isPending}
              onPress={() => close.mutate(undefined)}
            >
              Close without merging
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
