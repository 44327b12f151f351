import { type RefObject, useEffect, useState } from 'react';

/** Smaller than this the words can't be read: then it scrolls. */
const smallest = 0.8;

/** How much a drawing of that width is made smaller to fit into the room. */
export function useFit(
  room: RefObject<HTMLElement>,
  drawnWidth: number,
): number {
  const [width, setWidth] = useState<number>();
  useEffect(() => {
    const element = room.current;
    if (!element || typeof ResizeObserver === 'undefined') {
      return undefined;
    }
    const observer = new ResizeObserver(([entry]) =>
      setWidth(entry.contentRect.width),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [room]);
  return width === undefined
    ? 1
    : Math.min(1, Math.max(smallest, width / drawnWidth));
}
