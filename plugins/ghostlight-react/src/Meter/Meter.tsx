import styles from './Meter.module.css';

export interface MeterProps {
  /** What is measured, for screen readers: "Memory of orders-7d4-x2". */
  label: string;
  value: number;
  /** Without a limit only the value is told: a bar would have no end. */
  limit?: number;
  format: (value: number) => string;
}

/** Where a use of its limit is worth a look, and where it is about to hurt. */
const warnFrom = 0.8;
const badFrom = 0.95;

/** A value of its limit: bar and text. The bar never stands without the figures. */
export function Meter(props: MeterProps) {
  const { label, value, limit, format } = props;
  if (limit === undefined || limit <= 0) {
    return (
      <span className={styles.root}>
        <span className={styles.text}>
          {format(value)} <span className={styles.limit}>no limit</span>
        </span>
      </span>
    );
  }
  const ratio = Math.min(1, Math.max(0, value / limit));
  const used = withoutSharedUnit(format(value), format(limit));
  const text = `${used} of ${format(limit)}`;
  return (
    <span className={styles.root}>
      <span className={styles.text}>
        {used} <span className={styles.limit}>of {format(limit)}</span>
      </span>
      <span
        className={styles.track}
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={Math.min(value, limit)}
        aria-valuetext={text}
      >
        <span
          className={[styles.bar, styles[toneOf(value / limit)]].join(' ')}
          style={{ width: `${ratio * 100}%` }}
        />
      </span>
    </span>
  );
}

function toneOf(ratio: number): 'calm' | 'warn' | 'bad' {
  if (ratio >= badFrom) {
    return 'bad';
  }
  return ratio >= warnFrom ? 'warn' : 'calm';
}

/** `57 MiB` of `128 MiB` reads better as `57` of `128 MiB`. */
function withoutSharedUnit(value: string, limit: string): string {
  const unit = limit.slice(limit.lastIndexOf(' '));
  return value.endsWith(unit) ? value.slice(0, -unit.length) : value;
}
