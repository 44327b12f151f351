import { z } from 'zod';
import { httpUrl } from './httpUrl';
import { metricNamesSchema, prometheusSchema } from './metricsSchema';

const dnsLabel = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, {
  message: 'must be lower-case letters, digits and dashes, at most 63',
});

/** `ghostlight.environments`. */
export const environmentsSchema = z.array(
  z.object({
    name: dnsLabel,
    tier: z.enum(['development', 'staging', 'production'], {
      message: 'must be development, staging or production',
    }),
    cluster: z.string({ message: 'must name a cluster' }).min(1),
    namespace: dnsLabel.default('default'),
    images: z
      .object({
        builder: z.literal('store', {
          message: 'must be "store", the only builder there is',
        }),
        url: httpUrl,
        token: z.string().min(1).optional(),
      })
      .optional(),
    deployOnPush: z.boolean().optional(),
    prometheus: prometheusSchema.optional(),
    metrics: metricNamesSchema.optional(),
  }),
);

/** The clusters of one entry of `kubernetes.clusterLocatorMethods` of type `config`. */
export const locatorClustersSchema = z.array(
  z.object({
    name: z.string().min(1),
    url: httpUrl,
    authProvider: z.literal('serviceAccount', {
      message: 'must be "serviceAccount", the only supported provider',
    }),
    serviceAccountToken: z.string().min(1).optional(),
    skipTLSVerify: z.boolean().default(false),
    caData: z.string().min(1).optional(),
    caFile: z.string().min(1).optional(),
  }),
);

/** `kubernetes.clusterLocatorMethods`; entries of other types are not for us. */
export const locatorsSchema = z.array(
  z.looseObject({ type: z.string(), clusters: z.unknown().optional() }),
);
