export interface Config {
  auth?: {
    providers?: {
      /**
       * Choose who you are on the sign-in page.
       * @visibility frontend
       */
      development?: {};
      /**
       * Sign in with an identity provider.
       * @visibility frontend
       */
      oidc?: {};
    };
  };
}
