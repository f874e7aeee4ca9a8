/** Takes the focus to a part of the page that appears in the place of what had it, so that nobody is left at the top. */
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** For an element with `tabIndex={-1}`. */
export function useArrival(): RefObject<HTMLDivElement> {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => element.current?.focus({ preventScroll: true }), []);
  return element as RefObject<HTMLDivElement>;
}
