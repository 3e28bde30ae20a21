'use client';
import { useRef, useState } from 'react';

/**
 * Whether a text field was reached by a key and nothing was typed there since. `:focus-visible` does not tell: a field
 * matches it however it was reached, for as long as it has the focus.
 */
export function useKeyboardRing() {
  const [on, setOn] = useState(false);
  const wentDownHere = useRef(false);
  return {
    on,
    onKeyDown: () => {
      wentDownHere.current = true;
      setOn(false);
    },
    onKeyUp: () => {
      // A key that went down elsewhere and comes up here has brought the focus along.
      if (!wentDownHere.current) setOn(true);
    },
    onBlur: () => {
      wentDownHere.current = false;
      setOn(false);
    },
  };
}
