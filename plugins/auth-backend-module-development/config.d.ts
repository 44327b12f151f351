export interface Config {
  auth?: {
    providers?: {
      /**
       * Sign-in without a password as any person of the catalog. The backend
       * refuses to start with it unless auth.environment is development and
       * NODE_ENV is not production.
       */
      development?: {};
    };
  };
}
