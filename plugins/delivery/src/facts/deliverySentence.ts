import type { StatusValue } from '@ghostlight/plugin-ghostlight-react';
import { deploymentLook } from './deploymentLook';
import type { Standing } from './standing';

const short = (sha: string) => sha.slice(0, 7);

/** The answer of the tab: what runs where, and what is on its way or broke. */
export function deliverySentence(all: readonly Standing[]): {
  status: StatusValue;
  text: string;
} {
  const underWay = all.find(each => each.underWay)?.underWay;
  if (underWay) {
    const { word } = deploymentLook(underWay);
    return {
      status: 'running',
      text: `${word}: ${short(underWay.sha)} on its way to ${
        underWay.environment
      }.`,
    };
  }
  const failed = all.find(each => each.failed);
  if (failed?.failed) {
    const stays = failed.current
      ? ` ${short(failed.current.sha)} was there before it.`
      : '';
    return {
      status: 'failing',
      text: `The last deployment to ${failed.environment.name}, of ${short(
        failed.failed.sha,
      )}, failed.${stays}`,
    };
  }
  const running = all.flatMap(({ environment, current }) =>
    current ? [`${short(current.sha)} in ${environment.name}`] : [],
  );
  return running.length > 0
    ? { status: 'done', text: `Deployed: ${running.join(', ')}.` }
    : { status: 'unknown', text: 'Ghostlight has not deployed it yet.' };
}
