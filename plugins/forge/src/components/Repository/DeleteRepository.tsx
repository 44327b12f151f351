import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  TextField,
} from '@backstage/ui';
import { usePermission } from '@backstage/plugin-permission-react';
import { forgeRepositoryDeletePermission } from '@ghostlight/plugin-forge-common';
import { ErrorState } from '@ghostlight/plugin-ghostlight-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useForgeMutation } from '../../api';
import { useForgePaths } from '../../paths';

/** Deletes a repository, once its name was typed; who may not does not get the button. */
export function DeleteRepository({ name }: { name: string }) {
  const paths = useForgePaths();
  const navigate = useNavigate();
  const { allowed } = usePermission({
    permission: forgeRepositoryDeletePermission,
    resourceRef: name,
  });
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const remove = useForgeMutation(name, async forge => {
    await forge.deleteRepository(name);
    navigate(paths.repositories());
  });
  if (!allowed) return undefined;
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button size="small" variant="tertiary" destructive>
        Delete repository
      </Button>
      <Dialog>
        <DialogHeader>Delete repository {name}</DialogHeader>
        <DialogBody>
          {remove.error && (
            <ErrorState what="It was not deleted" error={remove.error} />
          )}
          <p>
            All its branches and change requests go with it; there is no undo.
            What was deployed from it keeps running.
          </p>
          <TextField
            label={`Type ${name} to go on`}
            value={typed}
            onChange={setTyped}
          />
        </DialogBody>
        <DialogFooter>
          <Button
            variant="primary"
            destructive
            isDisabled={typed !== name}
            isPending={remove.isPending}
            onPress={() => remove.mutate(undefined)}
          >
            Delete {name}
          </Button>
          <Button variant="secondary" onPress={() => setOpen(false)}>
            Cancel
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
