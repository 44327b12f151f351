/** What a target says of one of its metrics. */
export interface MetricMetadata {
  type: string;
  help: string;
  unit: string;
}

const MOST_METRICS = 5_000;
const LONGEST_HELP = 1_000;

/** `# HELP` and `# TYPE` of a target. */
export class TargetMetadata {
  readonly byMetric = new Map<string, MetricMetadata>();

  read(comment: string): void {
    const match = /^#\s*(HELP|TYPE|UNIT)\s+([\w:]+)\s*(.*)$/s.exec(comment);
    if (!match) return;
    const [, kind, name, rest] = match;
    let known = this.byMetric.get(name);
    if (!known) {
      if (this.byMetric.size >= MOST_METRICS) return;
      known = { type: 'unknown', help: '', unit: '' };
      this.byMetric.set(name, known);
    }
    if (kind === 'TYPE') known.type = rest.trim().slice(0, 40);
    else if (kind === 'UNIT') known.unit = rest.trim().slice(0, 40);
    else {
      known.help = rest
        .slice(0, LONGEST_HELP)
        .replace(/\\([\\n])/g, (_pair, code) => (code === 'n' ? '\n' : '\\'));
    }
  }
}
