import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect } from 'react';
import { useLocation } from 'react-router-dom';
import { titleOf } from './titleOf';

/** Keeps the title of the browser's tab to where one is. */
export function DocumentTitle() {
  const { pathname } = useLocation();
  const portal = useApi(configApiRef).getOptionalString('app.title');
  useEffect(() => {
    document.title = [...titleOf(pathname), portal ?? 'Ghostlight'].join(' · ');
  }, [pathname, portal]);
  return null;
}
