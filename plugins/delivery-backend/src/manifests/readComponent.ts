import {
  DEFAULT_NAMESPACE,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { LineCounter, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { KUBERNETES_ID } from './renderManifests';

const componentSchema = z.looseObject({
  kind: z.literal('Component'),
  metadata: z.looseObject({
    name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});

/** The component that a repository is, by its catalog-info. */
export type SourceComponent = { entityRef: string; kubernetesId: string };

/**
 * Reads the first Component of a `catalog-info.yaml`. Entities of the forge live in the namespace `default`.
 *
 * @throws InputError that names file and line.
 */
export function readComponent(
  repository: string,
  catalogInfo: string | undefined,
): SourceComponent {
  if (catalogInfo === undefined) {
    throw new InputError(
      `Repository ${repository} has no catalog-info.yaml at this commit; add one with a Component so that Ghostlight knows what it deploys`,
    );
  }
  const lines = new LineCounter();
  for (const document of parseAllDocuments(catalogInfo, {
    lineCounter: lines,
  })) {
    const [error] = document.errors;
    if (error) {
      const { line } = lines.linePos(error.pos[0]);
      throw new InputError(
        `catalog-info.yaml:${line}: ${error.message
          .split('\n')[0]
          .replace(/ at line .*$/, '')}`,
      );
    }
    const component = componentSchema.safeParse(
      document.toJS({ maxAliasCount: 50 }),
    );
    if (component.success) {
      const { name, annotations } = component.data.metadata;
      return {
        entityRef: stringifyEntityRef({
          kind: 'component',
          namespace: DEFAULT_NAMESPACE,
          name,
        }),
        kubernetesId: annotations?.[KUBERNETES_ID] ?? name,
      };
    }
  }
  throw new InputError(
    `catalog-info.yaml of ${repository} declares no Component with a valid name; Ghostlight deploys components`,
  );
}
