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
    };
  };
}
