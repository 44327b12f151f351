import { renderInTestApp } from '@backstage/frontend-test-utils';
import { ResponseError } from '@backstage/errors';
import { Removal } from '@ghostlight/plugin-delivery-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ComponentRemoval } from './removal';
import { RemoveComponentDialog } from './RemoveComponentDialog';

const running: Removal = {
  entityRef: 'component:default/orders',
  dryRun: true,
  environments: [
    {
      environment: 'local',
      objects: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          namespace: 'default',
          name: 'orders',
        },
      ],
    },
  ],
};

async function refusal(status: number, message: string) {
  return ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name: 'E', message },
        response: { statusCode: status },
      }),
      {
        status,
        headers: { 'content-type': 'application/json' },
      },
    ),
  );
}

async function open(
  clients: {
    remove?: jest.Mock;
    deleteRepository?: jest.Mock;
  } = {},
) {
  const remove = clients.remove ?? jest.fn(async () => running);
  const deleteRepository =
    clients.deleteRepository ?? jest.fn(async () => undefined);
  const onRemoved = jest.fn();
  const onClose = jest.fn();
  await renderInTestApp(
    <RemoveComponentDialog
      name="orders"
      removal={
        new ComponentRemoval('component:default/orders', 'orders', {
          delivery: { remove },
          forge: { deleteRepository },
        })
      }
      onClose={onClose}
      onRemoved={onRemoved}
    />,
  );
  return { remove, deleteRepository, onRemoved, onClose };
}

const confirm = () =>
  userEvent.type(
    screen.getByRole('textbox', { name: 'Type orders to confirm' }),
    'orders',
  );

describe('removing a component', () => {
  it('shows what would go and does nothing until its name is typed', async () => {
    const { remove, deleteRepository } = await open();
    expect(
      await screen.findByText('local: Deployment orders'),
    ).toBeInTheDocument();
    expect(remove).toHaveBeenCalledWith(
      expect.objectContaining({ dryRun: true }),
    );
    const button = screen.getByRole('button', { name: 'Remove and delete' });
    expect(button).toBeDisabled();
    await confirm();
    expect(button).toBeEnabled();
    expect(deleteRepository).not.toHaveBeenCalled();
  });

  it('takes away what runs first and the repository last', async () => {
    const { remove, deleteRepository, onRemoved } = await open();
    await screen.findByText('local: Deployment orders');
    await confirm();
    await userEvent.click(
      screen.getByRole('button', { name: 'Remove and delete' }),
    );
    await waitFor(() => expect(onRemoved).toHaveBeenCalled());
    expect(remove).toHaveBeenLastCalledWith({
      entityRef: 'component:default/orders',
      dryRun: false,
    });
    expect(deleteRepository).toHaveBeenCalledWith('orders');
    expect(remove.mock.invocationCallOrder.at(-1)).toBeLessThan(
      deleteRepository.mock.invocationCallOrder[0],
    );
  });

  it('keeps the repository when asked to, and names what is done on the button', async () => {
    const { deleteRepository, onRemoved } = await open();
    await screen.findByText('local: Deployment orders');
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Delete the repository orders' }),
    );
    await confirm();
    await userEvent.click(
      screen.getByRole('button', { name: 'Remove what runs' }),
    );
    await waitFor(() =>
      expect(onRemoved).toHaveBeenCalledWith({
        workloads: true,
        repository: false,
      }),
    );
    expect(deleteRepository).not.toHaveBeenCalled();
  });

  it('says what goes on running when only the repository goes', async () => {
    await open();
    await screen.findByText('local: Deployment orders');
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Remove what runs' }),
    );
    expect(
      screen.getByText(/What runs goes on, and nobody can remove it here/),
    ).toBeInTheDocument();
  });

  it('says that nothing runs of what was never deployed', async () => {
    const error = await refusal(404, 'nothing deployed');
    await open({
      remove: jest.fn(async () => {
        throw error;
      }),
    });
    expect(await screen.findByText('Nothing of it runs.')).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Delete repository' }),
    ).toBeInTheDocument();
  });

  it('does not touch the repository when a cluster does not answer', async () => {
    const remove = jest.fn(async ({ dryRun }: { dryRun: boolean }) =>
      dryRun
        ? running
        : {
            ...running,
            environments: [
              { environment: 'local', objects: [], error: 'no answer' },
            ],
          },
    );
    const { deleteRepository, onRemoved } = await open({ remove });
    await screen.findByText('local: Deployment orders');
    await confirm();
    await userEvent.click(
      screen.getByRole('button', { name: 'Remove and delete' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'the repository was not touched. local: no answer',
    );
    expect(deleteRepository).not.toHaveBeenCalled();
    expect(onRemoved).not.toHaveBeenCalled();
  });

  it('tells a person who may not why not', async () => {
    const error = await refusal(403, 'You may not deploy orders to local');
    await open({
      remove: jest.fn(async () => {
        throw error;
      }),
    });
    expect(
      await screen.findByText('You may not deploy orders to local'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('checkbox', { name: 'Remove what runs' }),
    ).toBeDisabled();
    const repository = screen.getByRole('checkbox', {
      name: /^Delete the repository/,
    });
    expect(repository).toBeDisabled();
    expect(repository).not.toBeChecked();
  });
});
