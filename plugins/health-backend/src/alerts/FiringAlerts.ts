import type { AlertStore } from '../database/AlertStore';
import { within } from '../service/within';

/** A report does without what does not come in time. */
const PATIENCE_MS = 800;

/** Names of the alerts that fire by environment, critical ones first. */
export type AlertNames = ReadonlyMap<string, string[]>;

/** What fires, for reports, lists and maps. */
export class FiringAlerts {
  readonly #alerts: Pick<AlertStore, 'firing'>;

  constructor(alerts: Pick<AlertStore, 'firing'>) {
    this.#alerts = alerts;
  }

  /** By entity ref, from one query for all; empty when the database does not answer. */
  async of(entityRefs: string[]): Promise<Map<string, AlertNames>> {
    const found = new Map<string, Map<string, string[]>>();
    if (entityRefs.length === 0) {
      return found;
    }
    const firing = await within(PATIENCE_MS, this.#alerts.firing(entityRefs));
    for (const { entityRef, environment, name } of firing ?? []) {
      const names = found.get(entityRef) ?? new Map<string, string[]>();
      found.set(entityRef, names);
      names.set(environment, [...(names.get(environment) ?? []), name]);
    }
    return found;
  }
}
