import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { listPeople } from './people';

/** `GET /development/people`: who may be chosen, for a page nobody is signed in to yet. */
export function createPeopleRouter(deps: {
  auth: AuthService;
  catalog: CatalogService;
}): Router {
  const router = PromiseRouter();
  router.get('/development/people', async (_req, res) => {
    res.setHeader('Cache-Control', 'no-store');
    res.json({ people: await listPeople(deps) });
  });
  return router;
}
