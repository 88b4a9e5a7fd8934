import { useLayoutEffect, useRef, type RefObject } from 'react';

/** Whether the heading that went away a moment ago had the focus; there is one inspector. */
let hadFocus = false;

/**
 * Keeps the focus on the inspector's heading when another panel takes the place of the one that
 * had it: the panel of a new selection may come a moment after the key that asked for it.
 */
export function useKeptFocus(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    const element = heading.current;
    if (hadFocus) element?.focus();
    hadFocus = false;
    return () => {
      hadFocus = document.activeElement === element;
      // The panel that takes the place is there before this runs; a later one has no claim.
      queueMicrotask(() => {
        hadFocus = false;
      });
    };
  }, []);
  return heading;
}
