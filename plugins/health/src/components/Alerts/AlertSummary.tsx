import type { Alert } from '@ghostlight/plugin-health-common';
import { summaryParts } from './alertWords';

/** What an alert says, its name first. */
export function AlertSummary(props: { alert: Alert }) {
  const [name, rest] = summaryParts(props.alert);
  return (
    <>
      <b>{name}</b>
      {rest}
    </>
  );
}
