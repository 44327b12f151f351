import PromiseRouter from 'express-promise-router';
import express, { Router } from 'express';
import { InputError } from '@backstage/errors';
import { HostKind } from '../hosted/HostedRepository';
import { WebhookService } from './WebhookService';

/** GitHub caps its payloads at 25 MB; a push of more than a few MB is one nobody can have read. */
const MAX_BODY = '5mb';
const KINDS: readonly HostKind[] = ['github', 'gitlab'];

/** Where hosts deliver their webhooks. The signature is over the bytes, so the body is read as such. */
export function createWebhookRouter(webhooks: WebhookService): Router {
  const router = PromiseRouter();
  for (const kind of KINDS) {
    router.post(
      `/webhooks/${kind}`,
      express.raw({ type: () => true, limit: MAX_BODY }),
      async (request, response) => {
        if (!Buffer.isBuffer(request.body)) {
          throw new InputError('The request has no body');
        }
        const answer = await webhooks.receive(
          kind,
          request.headers,
          request.body,
        );
        response.status(202).json(answer);
      },
    );
  }
  return router;
}
