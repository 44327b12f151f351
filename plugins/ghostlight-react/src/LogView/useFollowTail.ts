import { RefObject, useCallback, useRef, useState } from 'react';

/** Closer to the end than this counts as being at the end. */
const nearEndPx = 24;

/**
 * Whether the view sticks to the newest line. Scrolling up lets go, reaching
 * the end takes hold again; growth of the log itself does neither.
 */
export function useFollowTail(scroller: RefObject<HTMLElement>): {
  isFollowing: boolean;
  setFollowing: (following: boolean) => void;
  onScroll: () => void;
} {
  const [isFollowing, setFollowing] = useState(true);
  const lastTop = useRef(0);
  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) {
      return;
    }
    const { scrollTop, scrollHeight, clientHeight } = element;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < nearEndPx;
    if (isAtEnd) {
      setFollowing(true);
    } else if (scrollTop < lastTop.current) {
      setFollowing(false);
    }
    lastTop.current = scrollTop;
  }, [scroller]);
  return { isFollowing, setFollowing, onScroll };
}
