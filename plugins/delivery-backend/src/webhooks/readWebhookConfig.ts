import { Config } from '@backstage/config';

/** Secrets by kind of host. More than one while a secret is being changed. */
export type WebhookConfig = {
  github: { secrets: string[] };
  gitlab: { tokens: string[]; signingTokens: string[] };
};

/** Reads `ghostlight.delivery.webhooks`. */
export function readWebhookConfig(config: Config): WebhookConfig {
  const section = config.getOptionalConfig('ghostlight.delivery.webhooks');
  const list = (key: string) =>
    (section?.getOptionalStringArray(key) ?? []).filter(Boolean);
  return {
    github: { secrets: list('github.secrets') },
    gitlab: {
      tokens: list('gitlab.secretTokens'),
      signingTokens: list('gitlab.signingTokens'),
    },
  };
}
