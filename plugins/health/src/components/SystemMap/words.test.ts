import type { MapEdge } from '@ghostlight/plugin-health-common';
import { aMap } from '../../testing/map';
import { edgeLook } from './edgeLook';
import { errorWords, latencyWords, rateWords } from './figures';
import { mapAnswer } from './mapAnswer';
import { undeclared } from './undeclared';

const map = aMap();
const healthy = map.nodes.map(node => ({
  ...node,
  status: 'healthy' as const,
}));
const quiet = map.edges.map(edge => ({
  ...edge,
  errorRatio: 0,
  now: undefined,
}));
const call = (changes: Partial<MapEdge>): MapEdge => ({
  from: 'component:default/orders',
  to: 'component:default/payments',
  sources: ['catalog', 'traffic'],
  ...changes,
});

/** A call of which the backend tells what became of it in the last minutes. */
function failsNow(errorRatio: number) {
  return {
    ...call({ errorRatio: 0 }),
    now: { requestsPerSecond: 1, errorRatio },
  };
}

describe('the answer of a map', () => {
  it('counts who is well, names who is not and the call that fails most', () => {
    expect(mapAnswer(map)).toEqual({
      status: 'degraded',
      sentence:
        '4 of 5 components healthy; orders is degraded and fails 4.2 % of requests from web.',
    });
  });

  it('tells who is not well apart from a call that fails elsewhere', () => {
    const edges = [...quiet, call({ errorRatio: 0.12 })];
    expect(
      mapAnswer({ nodes: map.nodes, edges, window: 'PT5M' }).sentence,
    ).toBe(
      '4 of 5 components healthy; orders is degraded; payments fails 12 % of requests from orders.',
    );
  });

  it('says in a breath that all is well', () => {
    expect(mapAnswer({ nodes: healthy, edges: quiet, window: 'PT1H' })).toEqual(
      {
        status: 'healthy',
        sentence: 'All 5 components are healthy.',
      },
    );
  });

  it('does not call healthy what fails while its replicas are ready', () => {
    expect(
      mapAnswer({
        nodes: healthy,
        edges: [failsNow(0.12)],
        window: 'PT24H',
      }),
    ).toEqual({
      status: 'degraded',
      sentence:
        'All 5 components are healthy; payments fails 12 % of requests from orders.',
    });
  });

  it('tells what failed within the window as over, with the window, and calls nobody unwell for it', () => {
    const failed = { ...failsNow(0), errorRatio: 0.083 };
    expect(
      mapAnswer({ nodes: healthy, edges: [failed], window: 'PT24H' }),
    ).toEqual({
      status: 'healthy',
      sentence:
        'All 5 components are healthy; payments failed 8.3 % of requests from orders over the last 24 h.',
    });
  });

  it('leaves neighbours out of the count', () => {
    const nodes = [
      healthy[0],
      { ...healthy[1], member: false, status: 'failing' as const },
    ];
    expect(mapAnswer({ nodes, edges: [], window: 'PT15M' }).sentence).toBe(
      'Its one component is healthy.',
    );
  });

  it('claims nothing of nothing', () => {
    expect(mapAnswer({ nodes: [], edges: [], window: 'PT15M' })).toEqual({
      status: 'unknown',
      sentence: 'No component of it runs here.',
    });
  });
});

describe('an edge', () => {
  it('grows with traffic, to an end', () => {
    const width = (requestsPerSecond: number) =>
      edgeLook(call({ requestsPerSecond })).width;
    expect(width(100)).toBeGreaterThan(width(10));
    expect(width(1e9)).toBe(7);
  });

  it('has the colour of the share that is shown', () => {
    // It reads "5 %", from which on the legend says red.
    expect(errorWords(0.0496)).toBe('5 %');
    expect(edgeLook(call({ errorRatio: 0.0496 })).tone).toBe('bad');
    expect(edgeLook(call({ errorRatio: 0.0494 })).tone).toBe('warn');
    expect(edgeLook(call({ errorRatio: 0.00996 })).tone).toBe('warn');
  });

  it('tells what is declared and unseen from what is seen and undeclared', () => {
    expect(edgeLook(call({ sources: ['catalog'] }))).toMatchObject({
      isUnseen: true,
      isUndeclared: false,
    });
    expect(edgeLook(call({ sources: ['traffic'] }))).toMatchObject({
      isUnseen: false,
      isUndeclared: true,
    });
    expect(
      edgeLook(call({ from: 'unknown', sources: ['traffic'] })).isUndeclared,
    ).toBe(false);
  });
});

it('tells what to add to the catalog, by caller', () => {
  expect(
    undeclared({
      nodes: map.nodes,
      edges: [
        call({ sources: ['traffic'] }),
        call({ sources: ['trace'], to: 'component:shared/mail' }),
        call({}),
      ],
    }),
  ).toEqual([
    {
      id: 'component:default/orders',
      name: 'orders',
      calls: ['payments', 'component:shared/mail'],
      yaml: 'spec:\n  dependsOn:\n    - component:payments\n    - component:shared/mail',
    },
  ]);
});

it('rounds for a glance, and a missing figure is no zero', () => {
  expect([24.13, 0.1, 0.05, 0, undefined].map(rateWords)).toEqual([
    '24.1/s',
    '0.1/s',
    '3/min',
    '0/s',
    'no data',
  ]);
  expect([0.0423, 0.00002, 0, undefined].map(errorWords)).toEqual([
    '4.2 %',
    '< 0.1 %',
    '0 %',
    'no data',
  ]);
  expect([61.27, 3140, undefined].map(latencyWords)).toEqual([
    '61.3 ms',
    '3.1 s',
    'no data',
  ]);
});
