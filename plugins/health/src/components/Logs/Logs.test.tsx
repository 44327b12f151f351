import { renderInTestApp } from '@backstage/frontend-test-utils';
import { HealthClient } from '@ghostlight/plugin-health-common';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { healthApiRef } from '../../api';
import { FakeHealthApi, lines } from '../../testing/FakeHealthApi';
import { Logs } from './Logs';

// jsdom lays nothing out: give the log a height, so that it has lines to show.
beforeEach(() => {
  jest.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(400);
  jest.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(900);
  Element.prototype.scrollTo = jest.fn();
});
afterEach(() => jest.restoreAllMocks());

function setVisibility(state: 'visible' | 'hidden') {
  jest.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  act(() => {
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

const logs = (
  <Logs
    entityRef="component:default/orders"
    environment="local"
    replicas={['orders-7d4f9c6b5-x2k4p', 'orders-7d4f9c6b5-b8m1q']}
  />
);

describe('Logs', () => {
  it('reads events that the network cut in the middle of a line or a letter', async () => {
    const encoder = new TextEncoder();
    const bytes = encoder.encode(
      [
        'id: 1\nevent: line\ndata: {"pod":"orders-1-aaaaa","at":"2026-11-21T12:00:00Z","text":"Grüße aus Köln","n":1}\n\n',
        ': keep alive\n\n',
        'id: 2\nevent: line\ndata: {"pod":"orders-1-aaaaa","at":"2026-11-21T12:00:01Z","text":"second","n":2}\n\n',
      ].join(''),
    );
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) {
          controller.enqueue(Uint8Array.of(byte));
        }
      },
    });
    const fetch = jest.fn(async () => new Response(body));
    renderInTestApp(logs, {
      apis: [
        [
          healthApiRef,
          new HealthClient({
            discoveryApi: { getBaseUrl: async () => 'http://backend/health' },
            fetchApi: { fetch },
          }),
        ],
      ],
    });
    expect(await screen.findByText('Grüße aus Köln')).toBeInTheDocument();
    expect(await screen.findByText('second')).toBeInTheDocument();
    expect(screen.getByText('2 lines')).toBeInTheDocument();
  });

  it('reads no log while nobody can see the page', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const healthApi = new FakeHealthApi({
      logs: async function* open(signal) {
        signals.push(signal);
        yield* lines(['one']);
      },
    });
    renderInTestApp(logs, { apis: [[healthApiRef, healthApi]] });
    expect(await screen.findByText('one')).toBeInTheDocument();

    setVisibility('hidden');
    await waitFor(() => expect(signals[0]?.aborted).toBe(true));
    expect(signals).toHaveLength(1);

    setVisibility('visible');
    await waitFor(() => expect(signals).toHaveLength(2));
    expect(signals[1]?.aborted).toBe(false);
  });

  it('says why the log was interrupted, and that it is being tried again', async () => {
    const healthApi = new FakeHealthApi({
      logs: async function* open() {
        throw new Error('connection reset');
      },
    });
    renderInTestApp(logs, { apis: [[healthApiRef, healthApi]] });
    expect(
      await screen.findByText('Interrupted (connection reset), trying again'),
    ).toBeInTheDocument();
  });

  it('downloads from the backend, which knows more lines than the page', async () => {
    const user = userEvent.setup();
    const healthApi = new FakeHealthApi();
    const asked = jest.spyOn(healthApi, 'downloadLogs');
    URL.createObjectURL = jest.fn(() => 'blob:log');
    URL.revokeObjectURL = jest.fn();
    const clicked = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function click(this: HTMLAnchorElement) {
        expect(this.download).toBe('orders-local.log');
      });
    renderInTestApp(logs, { apis: [[healthApiRef, healthApi]] });
    await user.click(await screen.findByRole('button', { name: 'Download' }));
    await waitFor(() => expect(clicked).toHaveBeenCalledTimes(1));
    expect(asked).toHaveBeenCalledWith(
      'component:default/orders',
      expect.objectContaining({ environment: 'local' }),
    );
  });
});
