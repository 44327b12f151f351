export interface Config {
  ghostlight?: {
    /**
     * Entity refs of the groups and people who act everywhere, production
     * included. Nobody when left out.
     */
    operators?: string[];
  };
}
