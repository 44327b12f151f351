import type { Request } from 'express';
import { createDevelopmentAuthenticator } from './authenticator';

const authenticator = createDevelopmentAuthenticator('localhost:7007');

function ask(headers: Record<string, string>) {
  const req = {
    get: (name: string) => headers[name.toLocaleLowerCase('en-US')],
  } as Request;
  return authenticator.authenticate({ req }, {});
}

describe('createDevelopmentAuthenticator', () => {
  it('believes the header, in whatever form of an entity ref', async () => {
    for (const person of ['maya', 'User:Maya', 'user:default/maya']) {
      const { result } = await ask({
        host: 'localhost:7007',
        'x-ghostlight-person': person,
      });
      expect(result).toEqual({ person: 'user:default/maya' });
    }
  });

  it('asks to choose when nobody is named', async () => {
    await expect(ask({ host: 'localhost:7007' })).rejects.toThrow(
      'pick a person on the sign-in page',
    );
  });

  it('refuses what is no entity ref', async () => {
    await expect(
      ask({ host: 'localhost:7007', 'x-ghostlight-person': 'user:' }),
    ).rejects.toThrow("Cannot sign in as 'user:'");
  });

  it('does not answer under the name of another site', async () => {
    await expect(
      ask({ host: 'evil.example', 'x-ghostlight-person': 'maya' }),
    ).rejects.toThrow('answers only at localhost:7007, not at evil.example');
  });
});
