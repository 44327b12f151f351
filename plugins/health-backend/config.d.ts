import { HumanDuration } from '@backstage/types';

export interface Config {
  ghostlight?: {
    health?: {
      alerts?: {
        /**
         * How often thresholds and objectives are evaluated. ISO 8601 or an object of units; 15 seconds when not given,
         * at least 1 second.
         */
        every?: HumanDuration | string;
        /**
         * Requests are looked at over so long to tell their rate, errors and durations; 1 minute when not given. Should
         * hold at least four scrapes of the Prometheus.
         */
        over?: HumanDuration | string;
        /**
         * How long alerts that ended are kept; 30 days when not given.
         */
        keep?: HumanDuration | string;
      };
    };
  };
}
