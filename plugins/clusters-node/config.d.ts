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
      /** Where its metrics are; leave out when it has none. */
      prometheus?: {
        /** Address to which `/api/v1/query` is appended, e.g. `http://prometheus.monitoring:9090`. */
        url: string;
        /**
         * Bearer token.
         * @visibility secret
         */
        token?: string;
        /**
         * Headers of every request, e.g. the tenant of a shared installation.
         * @deepVisibility secret
         */
        headers?: { [name: string]: string };
        /** How long an answer may take. Defaults to `PT10S`. */
        timeout?: string;
        /** How often targets are scraped: rates are taken over four times as long. Defaults to `PT15S`. */
        scrapeInterval?: string;
      };
      /** What the metrics are called. Istio's standard names when left out. */
      metrics?: {
        /** `istio`: what its proxies count; `app`: queries of one's own. */
        preset: 'istio' | 'app';
        /** Which proxy's count is taken. Defaults to `source`, which also sees requests that reach no replica. */
        reporter?: 'source' | 'destination';
        /** Labels that were renamed: our name, e.g. `destination_workload`, and theirs. */
        labels?: { [name: string]: string };
        /**
         * Queries of one's own: `requests`, `errors` and `durations` (by `le`) are needed by `app`, `traffic` (by
         * `destination_workload` and `response_code`), `cpu` and `memory` are optional. `$namespace`, `$workload`, `$pods`,
         * `$revision` and `$window` are put in.
         */
        queries?: {
          requests?: string;
          errors?: string;
          durations?: string;
          traffic?: string;
          cpu?: string;
          memory?: string;
        };
        /** Unit of the bounds of the histogram of `queries.durations`. Defaults to `seconds`. */
        durationUnit?: 'seconds' | 'milliseconds';
      };
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
