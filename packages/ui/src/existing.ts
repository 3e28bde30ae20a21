import { useImperativeHandle, type Ref } from 'react';

/**
 * The child of a Radix trigger (`asChild`) that is on the page before Radix is: hands over the element, as the anchor and
 * as what gets the focus back, and draws nothing. The element's own handlers open and close.
 */
export function Existing({ element, ref }: { element: HTMLElement; ref?: Ref<HTMLElement> }) {
  useImperativeHandle(ref, () => element, [element]);
  return null;
}
