import { HumanDuration } from '@backstage/types';

export interface Config {
  ghostlight?: {
    delivery?: {
      /**
       * How long a build may take. ISO 8601 or an object of units; 10 minutes when not given.
       */
      buildTimeout?: HumanDuration | string;
      /**
       * How long a workload may take until its new pods are ready; 2 minutes when not given.
       */
      rolloutTimeout?: HumanDuration | string;
      /**
       * Pushes to repositories elsewhere, told by webhooks to `/api/delivery/webhooks/github` and `/gitlab`. The hosts
       * are those of `integrations`. A list holds two secrets while one is being changed.
       */
      webhooks?: {
        github?: {
          /**
           * Secrets of the webhooks.
           * @deepVisibility secret
           */
          secrets?: string[];
        };
        gitlab?: {
          /**
           * Signing tokens, `whsec_...`. With one, requests that only carry a secret token are refused.
           * @deepVisibility secret
           */
          signingTokens?: string[];
          /**
           * Secret tokens, for a GitLab that does not sign.
           * @deepVisibility secret
           */
          secretTokens?: string[];
        };
      };
    };
  };
}
