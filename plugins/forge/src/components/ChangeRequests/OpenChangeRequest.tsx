import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Select,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import { ErrorState } from '@ghostlight/plugin-ghostlight-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useForgeMutation, useForgeQuery } from '../../api';
import { useForgePaths } from '../../paths';
import { useRepository } from '../Repository';
import styles from './ChangeRequests.module.css';
import { useMayWrite } from './useMayWrite';

/** Asks for title and branch, and opens the change request. */
function Form({ onClose }: { onClose: () => void }) {
  const { name, defaultBranch } = useRepository();
  const paths = useForgePaths();
  const navigate = useNavigate();
  const [title, setTitle] = useState('');
  const [description, setDescription] = useState('');
  const [source, setSource] = useState<string>();
  const { data: branches = [] } = useForgeQuery(
    ['repository', name, 'branches'],
    (forge, options) => forge.listBranches(name, options),
  );
  const open = useForgeMutation(name, async (forge, from: string) => {
    const request = await forge.openChangeRequest(name, {
      title,
      source: from,
      ...(description && { description }),
    });
    onClose();
    navigate(paths.change(name, request.number));
  });
  const others = branches.filter(branch => !branch.isDefault);
  return (
    <>
      <DialogHeader>Open a change request</DialogHeader>
      <DialogBody>
        <div className={styles.form}>
          {open.error && (
            <ErrorState what="It was not opened" error={open.error} />
          )}
          <TextField
            label="Title"
            value={title}
            onChange={setTitle}
            isRequired
          />
          <Select
            label={`Branch to merge into ${defaultBranch}`}
            placeholder={
              others.length > 0 ? 'Choose a branch' : 'Push a branch first'
            }
            options={others.map(branch => ({
              value: branch.name,
              label: branch.name,
            }))}
            value={source}
            onChange={value => setSource(`${value}`)}
            isDisabled={others.length === 0}
          />
          <TextAreaField
            label="Why"
            value={description}
            onChange={setDescription}
          />
        </div>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          isDisabled={!title.trim() || !source}
          isPending={open.isPending}
          onPress={() => source && open.mutate(source)}
        >
          Open change request
        </Button>
        <Button variant="secondary" onPress={onClose}>
          Cancel
        </Button>
      </DialogFooter>
    </>
  );
}

/** The button that opens the form; who may not write does not get it. */
export function OpenChangeRequest() {
  const { name } = useRepository();
  const mayWrite = useMayWrite(name);
  const [isOpen, setOpen] = useState(false);
  if (!mayWrite) return undefined;
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button size="small" variant="primary">
        Open a change request
      </Button>
      <Dialog>
        <Form onClose={() => setOpen(false)} />
      </Dialog>
    </DialogTrigger>
  );
}
