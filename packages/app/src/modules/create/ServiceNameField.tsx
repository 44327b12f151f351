import { useApiHolder } from '@backstage/frontend-plugin-api';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Text, TextField } from '@backstage/ui';
import { useMemo } from 'react';
import { nameSources } from './nameSources';
import { NameCheck, useNameCheck } from './useNameCheck';

/** The name of a new service, checked against the catalog and the forge while it is typed. */
export function ServiceNameField(props: FieldExtensionComponentProps<string>) {
  const {
    formData,
    idSchema,
    onChange,
    rawErrors,
    required,
    schema,
    uiSchema,
  } = props;
  const apis = useApiHolder();
  const sources = useMemo(() => nameSources(apis), [apis]);
  const name = formData ?? '';
  const check = useNameCheck(name, sources);
  const missing = name === '' && (rawErrors?.length ?? 0) > 0;
  const invalid = missing || check.state === 'taken';
  const statusId = `${idSchema.$id}-status`;
  const status = missing ? 'Give it a name.' : inWords(name, check);
  return (
    <div>
      <TextField
        id={idSchema.$id}
        label={schema.title ?? 'Name'}
        description={uiSchema['ui:description'] ?? schema.description}
        secondaryLabel={required ? 'Required' : undefined}
        isRequired={required}
        isInvalid={invalid}
        value={name}
        onChange={value => onChange(value)}
        // eslint-disable-next-line jsx-a11y/no-autofocus -- the template asks for it, on its first field
        autoFocus={uiSchema['ui:autofocus']}
        autoComplete="off"
        spellCheck="false"
        aria-describedby={statusId}
      />
      <Text
        as="p"
        id={statusId}
        role="status"
        aria-live="polite"
        variant="body-small"
        color="secondary"
        style={{
          minHeight: '1.5em',
          marginBlock: 'var(--bui-space-1) 0',
          ...(invalid ? { color: 'var(--gl-bad)' } : {}),
        }}
      >
        {status}
      </Text>
    </div>
  );
}

function inWords(name: string, check: NameCheck): string {
  switch (check.state) {
    case 'taken':
    case 'unknown':
      return check.text;
    case 'checking':
      return `Looking whether ${name} is free…`;
    case 'free':
      return `${name} is free.`;
    default:
      return '';
  }
}
