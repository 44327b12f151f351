import { ApiHolder } from '@backstage/frontend-plugin-api';
import { nameSources } from './nameSources';
import { nameProblem } from './serviceName';

/** The check before the next step of the wizard; what cannot be asked now is refused later by the forge. */
export async function validateServiceName(
  name: string | undefined,
  field: { addError(message: string): void },
  { apiHolder }: { apiHolder: ApiHolder },
): Promise<void> {
  if (!name) {
    return;
  }
  const problem = await nameProblem(name, nameSources(apiHolder)).catch(
    () => undefined,
  );
  if (problem) {
    field.addError(problem);
  }
}
