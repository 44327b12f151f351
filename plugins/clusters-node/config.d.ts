export interface Config {
  ghostlight?: {
    /** Places where components run. */
    environments?: Array<{
      /**
       * Name shown to people, e.g. `staging`.
       * @visibility frontend
       */
      name: string;
      /**
       * How much care it needs; the gate looks at it.
       * @visibility frontend
       */
      tier: 'development' | 'staging' | 'production';
      /** Name of a cluster under `kubernetes.clusterLocatorMethods`. */
      cluster: string;
      /** Namespace of the workloads. Defaults to `default`. */
      namespace?: string;
      /** How images are built for it; leave out when none are. */
      images?: {
        /** `store`: an image store that answers `POST /images`. */
        builder: 'store';
        /** Address of the image store, e.g. `http://127.0.0.1:7010/images`. */
        url: string;
        /**
         * Bearer token of the image store.
         * @visibility secret
         */
        token?: string;
      };
      /** Whether a push to the default branch is deployed. Defaults to true in development, else false. */
      deployOnPush?: boolean;
    }>;
  };

  kubernetes?: {
    /** Clusters. Only entries of `type: config` are read. */
    clusterLocatorMethods?: Array<{
      type: string;
      clusters?: Array<{
        name: string;
        /** Address of the API server. */
        url: string;
        /** Only `serviceAccount` is supported. */
        authProvider: string;
        /**
         * Token of the service account. When missing, the one mounted into the backend's own pod is used.
         * @visibility secret
         */
        serviceAccountToken?: string;
        /** Do not check the certificate of the cluster. */
        skipTLSVerify?: boolean;
        /** Certificate authority, PEM in base64. */
        caData?: string;
        /** Certificate authority, a PEM file. */
        caFile?: string;
      }>;
    }>;
  };
}
