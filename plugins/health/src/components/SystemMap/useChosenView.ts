import { useSyncExternalStore } from 'react';
import { useSearchParams } from 'react-router-dom';

export type MapViewKind = 'map' | 'table';

const parameter = 'view';
/** On a phone a map is a keyhole; a table is read. */
const phone = '(max-width: 600px)';
/** More nodes than these are found faster in a table. */
const mostNodes = 60;

/** Map or table: as the address says, else what suits the room and the number of nodes. */
export function useChosenView(
  nodes: number,
): [MapViewKind, (view: MapViewKind) => void] {
  const [search, setSearch] = useSearchParams();
  const isPhone = useSyncExternalStore(subscribe, isPhoneNow);
  const named = search.get(parameter);
  const usual = isPhone || nodes > mostNodes ? 'table' : 'map';
  const chosen = named === 'map' || named === 'table' ? named : usual;
  const choose = (view: MapViewKind) =>
    setSearch(
      before => {
        const after = new URLSearchParams(before);
        after.set(parameter, view);
        return after;
      },
      { replace: true },
    );
  return [chosen, choose];
}

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia?.(phone);
  query?.addEventListener('change', listener);
  return () => query?.removeEventListener('change', listener);
}

function isPhoneNow(): boolean {
  return window.matchMedia?.(phone)?.matches ?? false;
}
