import type { MetricNamesConfig } from '../../config/MetricsConfig';
import { appPreset, ownQuery } from './app';
import { istioPreset } from './istio';
import type { Preset } from './Preset';

export function createPreset(config: MetricNamesConfig): Preset {
  return config.preset === 'app'
    ? appPreset(config)
    : istioPreset(config, {
        cpu: ownQuery(config, 'cpu'),
        memory: ownQuery(config, 'memory'),
      });
}
