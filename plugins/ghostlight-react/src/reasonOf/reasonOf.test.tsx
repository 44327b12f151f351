import { ResponseError } from '@backstage/errors';
import { render, screen } from '@testing-library/react';
import { ErrorState } from '../ErrorState';
import { reasonOf } from './reasonOf';

const why = 'Only owners of orders and operators may acknowledge its alerts.';

function refused(body: string, type = 'application/json') {
  return ResponseError.fromResponse(
    new Response(body, {
      status: 403,
      statusText: 'Forbidden',
      headers: { 'content-type': type },
    }),
  );
}

const answered = () =>
  refused(
    JSON.stringify({
      error: { name: 'NotAllowedError', message: why },
      response: { statusCode: 403 },
    }),
  );

it('tells what the server said', async () => {
  expect(reasonOf(await answered())).toMatchObject({
    name: 'NotAllowedError',
    message: why,
  });
});

it('tells the status where the server gave no reason', async () => {
  expect(reasonOf(await refused('<h1>no</h1>', 'text/html')).message).toMatch(
    /403 Forbidden/,
  );
});

it('leaves other errors as they are, and makes one of what is none', () => {
  const error = new Error('connection reset');
  expect(reasonOf(error)).toBe(error);
  expect(reasonOf('gone').message).toBe('gone');
});

it('stands in an ErrorState', async () => {
  render(
    <ErrorState
      what="Could not read orders"
      error={await answered()}
      hint="Ask its owners."
    />,
  );
  expect(screen.getByRole('alert')).toHaveTextContent(`${why} Ask its owners.`);
  expect(screen.getByRole('alert')).not.toHaveTextContent('Request failed');
});
