import { RefObject, useLayoutEffect, useState } from 'react';

/** Where the layout cannot be watched something must be drawn all the same. */
const unmeasuredPx = 480;

/** The width of an element, kept current. 0 until it is known. */
export function useWidth(element: RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const target = element.current;
    if (!target || typeof ResizeObserver === 'undefined') {
      setWidth(unmeasuredPx);
      return undefined;
    }
    setWidth(target.clientWidth);
    const observer = new ResizeObserver(() => setWidth(target.clientWidth));
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
