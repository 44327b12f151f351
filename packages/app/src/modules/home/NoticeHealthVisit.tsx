import { useEffect } from 'react';
import { useLocation } from 'react-router-dom';
import { useStored } from './data/useStored';

const healthTab = /^\/catalog\/[^/]+\/[^/]+\/[^/]+\/health$/;

/** Notices that this person opened a Health tab: one of the first steps. */
export function NoticeHealthVisit() {
  const { pathname } = useLocation();
  const { value, isKnown, set } = useStored('openedHealth');
  const isNews = isKnown && value !== true && healthTab.test(pathname);
  useEffect(() => {
    if (isNews) set(true);
  }, [isNews, set]);
  return null;
}
