import {
  Alert,
  Button,
  Checkbox,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Skeleton,
  Text,
  TextField,
} from '@backstage/ui';
import { useEffect, useState } from 'react';
import { ComponentRemoval, Preview } from './removal';

/** Asks what of a component should go, shows what that is, and removes it once its name is typed. */
export function RemoveComponentDialog(props: {
  name: string;
  removal: ComponentRemoval;
  onClose(): void;
  onRemoved(choice: { repository: boolean }): void;
}) {
  const { name, removal, onClose, onRemoved } = props;
  const [preview, setPreview] = useState<Preview>();
  const [workloads, setWorkloads] = useState(true);
  const [repository, setRepository] = useState(true);
  const [typed, setTyped] = useState('');
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    let current = true;
    removal.preview().then(found => current && setPreview(found));
    return () => {
      current = false;
    };
  }, [removal]);

  const runs = preview?.state === 'runs';
  // Who may not remove what runs may not delete its source either, nor is it wise to when nobody can say what runs.
  const refused = preview?.state === 'refused';
  const choice = {
    workloads: workloads && runs,
    repository: repository && !refused,
  };
  const ready =
    preview !== undefined &&
    typed === name &&
    (choice.workloads || choice.repository);

  const remove = async () => {
    setWorking(true);
    setProblem(undefined);
    try {
      await removal.remove(choice);
      onRemoved(choice);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setPreview(await removal.preview());
      setWorking(false);
    }
  };

  return (
    <Dialog
      isOpen
      isDismissable={!working}
      width="min(560px, 100vw)"
      onOpenChange={open => !open && onClose()}
    >
      <DialogHeader>Remove {name}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          <Checkbox
            isSelected={choice.workloads}
            isDisabled={!runs || working}
            onChange={setWorkloads}
          >
            Remove what runs
          </Checkbox>
          <WhatRuns preview={preview} />
          <Checkbox
            isSelected={choice.repository}
            isDisabled={refused || working}
            onChange={setRepository}
          >
            Delete the repository {removal.repository}
          </Checkbox>
          <Text as="p" variant="body-small" color="secondary">
            Takes {name} out of the catalog. Its history and change requests are
            gone for good; only clones keep the source.
            {runs && !workloads && repository
              ? ' What runs goes on, and nobody can remove it here any more.'
              : ''}
          </Text>
          <TextField
            label={`Type ${name} to confirm`}
            value={typed}
            onChange={setTyped}
            isDisabled={working}
            autoComplete="off"
            spellCheck="false"
          />
          {problem && (
            <div role="alert">
              <Alert status="danger" title={problem} />
            </div>
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          destructive
          isDisabled={!ready || working}
          loading={working}
          onPress={remove}
        >
          {labelOf(choice)}
        </Button>
        <Button variant="secondary" isDisabled={working} onPress={onClose}>
          Keep it
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function labelOf(choice: { workloads: boolean; repository: boolean }): string {
  if (choice.workloads && choice.repository) {
    return 'Remove and delete';
  }
  return choice.repository ? 'Delete repository' : 'Remove what runs';
}

function WhatRuns({ preview }: { preview: Preview | undefined }) {
  if (!preview) {
    return <Skeleton width="100%" height={48} aria-label="Looking what runs" />;
  }
  if (preview.state !== 'runs') {
    return (
      <Text as="p" variant="body-small" color="secondary">
        {preview.state === 'nothing' ? 'Nothing of it runs.' : preview.text}
      </Text>
    );
  }
  return (
    <ul
      aria-label="What runs"
      style={{ margin: 0, paddingInlineStart: 'var(--bui-space-6)' }}
    >
      {preview.environments.map(({ environment, objects, error }) => (
        <li key={environment}>
          <Text variant="body-small">
            {environment}:{' '}
            {error ??
              objects.map(({ kind, name }) => `${kind} ${name}`).join(', ')}
          </Text>
        </li>
      ))}
    </ul>
  );
}
