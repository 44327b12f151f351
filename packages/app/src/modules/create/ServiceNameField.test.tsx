import { discoveryApiRef, fetchApiRef } from '@backstage/frontend-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { ServiceNameField } from './ServiceNameField';
import { validateServiceName } from './validateServiceName';

const asked: string[] = [];
let forge: (name: string) => Response;

function json(body: object, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

const missing = () =>
  json({ error: { name: 'NotFoundError', message: 'none' } }, 404);

const catalog = catalogApiMock({
  entities: [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'orders', namespace: 'default' },
    },
  ],
});
const discovery = { getBaseUrl: async (id: string) => `http://portal/${id}` };
const fetchApi = {
  fetch: async (input: RequestInfo | URL) => {
    const { url } = new Request(input);
    asked.push(url);
    return forge(url.split('/').at(-1) ?? '');
  },
};

function Wizard() {
  const [name, setName] = useState<string>();
  const props: Partial<FieldExtensionComponentProps<string>> = {
    formData: name,
    onChange: setName,
    required: true,
    rawErrors: [],
    schema: { title: 'Name' },
    uiSchema: {},
    idSchema: { $id: 'root_name' },
  };
  return (
    <ServiceNameField {...(props as FieldExtensionComponentProps<string>)} />
  );
}

async function renderWizard() {
  await renderInTestApp(<Wizard />, {
    apis: [
      [catalogApiRef, catalog],
      [discoveryApiRef, discovery],
      [fetchApiRef, fetchApi],
    ],
  });
  return screen.getByRole('textbox', { name: /Name/ });
}

describe('the name of a new service', () => {
  beforeEach(() => {
    asked.length = 0;
    forge = missing;
  });

  it('is free when neither catalog nor forge has it', async () => {
    const field = await renderWizard();
    await userEvent.type(field, 'parcels');
    expect(await screen.findByText('parcels is free.')).toBeInTheDocument();
    expect(field).not.toBeInvalid();
  });

  it('is asked for when the typing pauses, not at each letter', async () => {
    const field = await renderWizard();
    await userEvent.type(field, 'parcels');
    await screen.findByText('parcels is free.');
    expect(asked).toEqual(['http://portal/forge/repositories/parcels']);
  });

  it('is taken by a component of the catalog', async () => {
    const field = await renderWizard();
    await userEvent.type(field, 'orders');
    expect(
      await screen.findByText(/The catalog already has a component orders/),
    ).toBeInTheDocument();
    expect(field).toBeInvalid();
    expect(field).toHaveAccessibleDescription(/The catalog already has/);
  });

  it('is taken by a repository of the forge', async () => {
    forge = name => json({ name });
    const field = await renderWizard();
    await userEvent.type(field, 'parcels');
    expect(
      await screen.findByText(/The forge already has a repository parcels/),
    ).toBeInTheDocument();
  });

  it.each([
    ['Parcels', 'Begin with a lower case letter.'],
    ['p', 'Use at least 2 characters.'],
    ['a..b', 'Use lower case letters, digits and dashes only.'],
    ['$(id)', 'Begin with a lower case letter.'],
    [`a${'b'.repeat(50)}`, 'Use at most 50 characters; this has 51.'],
  ])('like %s is told what to change', async (name, text) => {
    const field = await renderWizard();
    await userEvent.click(field);
    await userEvent.paste(name);
    expect(await screen.findByText(text)).toBeInTheDocument();
    expect(asked).toEqual([]);
  });

  it('that cannot be checked may be used, and the doubt is told', async () => {
    forge = () => json({ error: { name: 'Error', message: 'broken' } }, 500);
    const field = await renderWizard();
    await userEvent.type(field, 'parcels');
    expect(
      await screen.findByText(/Could not check whether parcels is free/),
    ).toBeInTheDocument();
    expect(field).not.toBeInvalid();
  });

  it('is checked once more before the next step', async () => {
    const apis = new Map<string, unknown>([
      [catalogApiRef.id, catalog],
      [discoveryApiRef.id, discovery],
      [fetchApiRef.id, fetchApi],
    ]);
    const apiHolder = {
      get: <T,>(ref: { id: string }) => apis.get(ref.id) as T | undefined,
    };
    const addError = jest.fn();
    await validateServiceName('orders', { addError }, { apiHolder });
    await waitFor(() =>
      expect(addError).toHaveBeenCalledWith(
        expect.stringContaining('already has a component orders'),
      ),
    );
    addError.mockClear();
    await validateServiceName('parcels', { addError }, { apiHolder });
    expect(addError).not.toHaveBeenCalled();
  });
});
