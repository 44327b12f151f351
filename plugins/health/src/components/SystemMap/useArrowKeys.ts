import { RefObject, useEffect } from 'react';
import type { DrawnMap } from './drawMap';
import { neighbourOf } from './neighbourOf';

/** Lets arrow keys go from node to node of a map: along calls, and up and down a column. */
export function useArrowKeys(
  canvas: RefObject<HTMLElement>,
  drawn: DrawnMap,
): void {
  useEffect(() => {
    const element = canvas.current;
    const onKeyDown = (event: KeyboardEvent) => {
      const here =
        event.target instanceof HTMLElement && event.target.dataset.id;
      const next = here && neighbourOf(event.key, here, drawn);
      if (!next) {
        return;
      }
      // The arrow would scroll the map as well.
      event.preventDefault();
      const nodes = element?.querySelectorAll<HTMLElement>('[data-id]') ?? [];
      [...nodes].find(node => node.dataset.id === next)?.focus();
    };
    element?.addEventListener('keydown', onKeyDown);
    return () => element?.removeEventListener('keydown', onKeyDown);
  }, [canvas, drawn]);
}
