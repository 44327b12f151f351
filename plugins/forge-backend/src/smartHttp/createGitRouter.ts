import { PassThrough, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { isError, NotFoundError } from '@backstage/errors';
import { NextFunction, Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { RepositoryRow } from '../database/repositories';
import { isPushableRef } from '../git/names';
import { Announcer } from '../service/Announcer';
import { RepositoryService } from '../service/RepositoryService';
import { GitCaller, GitCallers } from './GitCallers';
import { GitService, ServiceName } from './GitService';
import {
  FLUSH,
  pktLine,
  readPushCommands,
  refusePush,
  refuseService,
} from './pktLine';

const isService = (value: unknown): value is ServiceName =>
  value === 'git-upload-pack' || value === 'git-receive-pack';

/** A fetch only sends what it wants and has. */
const MAX_FETCH_REQUEST_BYTES = 16 * 1024 * 1024;

/** Clone and push over smart HTTP, gitprotocol-http(5), below `/git`. */
export function createGitRouter(options: {
  callers: GitCallers;
  repositories: RepositoryService;
  git: GitService;
  announcer: Announcer;
  maxPushBytes: number;
}): Router {
  const { callers, repositories, git, announcer, maxPushBytes } = options;
  // Beyond this a push is not even read to its end to be told that it is too large.
  const maxPushRequestBytes = maxPushBytes * 2 + MAX_FETCH_REQUEST_BYTES;
  const router = PromiseRouter();

  async function open(request: Request) {
    const caller = await callers.identify(request.headers.authorization);
    const name = request.params[0];
    const repository = await repositories.find(name);
    await caller.requireRead(repository);
    return { caller, repository };
  }

  router.get(/^\/git\/([^/]+)\.git\/info\/refs$/, async (request, response) => {
    const { service } = request.query;
    if (!isService(service)) {
      throw new NotFoundError(
        'This forge speaks smart HTTP only; use git 1.6.6 or newer',
      );
    }
    const { caller, repository } = await open(request);
    noCache(response);
    response.type(`application/x-${service}-advertisement`);
    const refusal =
      service === 'git-receive-pack' && (await refusalOf(caller, repository));
    if (refusal) {
      // As a page with status 403 git would show the number and not the reason.
      response.end(refuseService(service, refusal));
      return;
    }
    const protocol = request.get('git-protocol');
    if (!(protocol === 'version=2' && service === 'git-upload-pack')) {
      response.write(pktLine(`# service=${service}\n`));
      response.write(FLUSH);
    }
    await git.advertise(repository, service, protocol, response);
    response.end();
  });

  router.post(
    /^\/git\/([^/]+)\.git\/git-upload-pack$/,
    async (request, response) => {
      const { repository } = await open(request);
      noCache(response);
      response.type('application/x-git-upload-pack-result');
      await git.upload(repository, {
        protocol: request.get('git-protocol'),
        input: readBody(request, response, MAX_FETCH_REQUEST_BYTES),
        output: response,
      });
      response.end();
    },
  );

  router.post(
    /^\/git\/([^/]+)\.git\/git-receive-pack$/,
    async (request, response) => {
      const { caller, repository } = await open(request);
      await caller.requireWrite(repository);
      const input = readBody(request, response, maxPushRequestBytes);
      const push = await readPushCommands(input);
      noCache(response);
      response.type('application/x-git-receive-pack-result');
      const strange = push.commands.find(({ ref }) => !isPushableRef(ref));
      if (strange) {
        await drained(input);
        response.end(
          refusePush(
            push,
            'this push has a ref that is no branch or tag with a plain name',
          ),
        );
        return;
      }
      const defaultRef = `refs/heads/${repository.defaultBranch}`;
      await announcer.write(repository, caller.ref, 'push', () =>
        git.receive(repository, {
          protocol: request.get('git-protocol'),
          input,
          output: response,
          allowRewrite: !push.commands.some(({ ref }) => ref === defaultRef),
        }),
      );
      response.end();
    },
  );

  router.use('/git', () => {
    throw new NotFoundError(
      'There is nothing here; clone /git/<repository>.git',
    );
  });
  router.use('/git', explain);
  return router;
}

async function refusalOf(
  caller: GitCaller,
  repository: RepositoryRow,
): Promise<string | undefined> {
  try {
    await caller.requireWrite(repository);
    return undefined;
  } catch (error) {
    if (isError(error) && error.name === 'NotAllowedError') {
      return error.message;
    }
    throw error;
  }
}

function noCache(response: Response): void {
  response.set('Cache-Control', 'no-cache, no-transform');
}

/** The body, unpacked; too large a one ends the connection. */
function readBody(
  request: Request,
  response: Response,
  maxBytes: number,
): Readable {
  const body = new PassThrough();
  let size = 0;
  const source =
    request.get('content-encoding') === 'gzip'
      ? request.pipe(createGunzip())
      : request;
  const fail = (error: Error) => {
    body.destroy(error);
  };
  request.on('aborted', () => fail(new Error('The client went away')));
  source.on('error', fail);
  source.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes) {
      source.unpipe(body);
      fail(new Error(`The request has more than ${maxBytes} bytes`));
      response.destroy();
    }
  });
  source.pipe(body);
  // Whoever reads the body hears of errors too; without a listener of its own one would end the process.
  body.on('error', () => {});
  return body;
}

async function drained(input: Readable): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    input.on('end', resolve).on('error', reject).resume();
  });
}

const STATUS: Record<string, number> = {
  AuthenticationError: 401,
  NotAllowedError: 403,
  NotFoundError: 404,
  InputError: 400,
};

/** Git clients read plain text, not the JSON of the API. */
function explain(
  error: unknown,
  _request: Request,
  response: Response,
  next: NextFunction,
): void {
  const status = isError(error) ? STATUS[error.name] : undefined;
  if (!isError(error) || !status || response.headersSent) {
    next(error);
    return;
  }
  if (status === 401) {
    response.set(
      'WWW-Authenticate',
      'Basic realm="Ghostlight", charset="UTF-8"',
    );
  }
  response.status(status).type('text/plain').send(`${error.message}\n`);
}
