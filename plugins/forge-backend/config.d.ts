export interface Config {
  ghostlight?: {
    forge?: {
      local?: {
        /**
         * Folder with the bare repositories; a relative one is looked up from
         * where the backend was started.
         */
        path: string;
        /**
         * Largest push that is taken, in bytes; 104857600 (100 MiB) when left
         * out.
         */
        maxPushBytes?: number;
      };
    };
    /**
     * Entity refs of the groups and people who act everywhere, production
     * included. Nobody when left out.
     */
    operators?: string[];
  };
}
