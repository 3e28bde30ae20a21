'use client';
import { useCallback, useEffect, useId, useRef, useState, type PointerEvent } from 'react';

/** How long the pointer rests before a tooltip opens; not from one tooltip to the next. */
const delayMs = 500;
const nextWithinMs = 200;

/** At most one tooltip is open. */
const shown: { close: (() => void) | null; closedAtMs: number } = { close: null, closedAtMs: -Infinity };

function delay(): number {
  return shown.close !== null || performance.now() - shown.closedAtMs < nextWithinMs ? 0 : delayMs;
}

/**
 * When a tooltip opens and closes, as Radix's `Tooltip.Trigger` has it: apart, because a page has hundreds of elements with
 * a tooltip and draws none at first. `anchor` is the element that it belongs to while it is open, else null.
 */
export function useTooltip() {
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const over = useRef(false);
  const pressed = useRef(false);
  const close = useCallback(() => {
    clearTimeout(waiting.current);
    setAnchor(null);
  }, []);
  useEffect(() => {
    if (anchor === null) return;
    shown.close?.();
    shown.close = close;
    return () => {
      shown.closedAtMs = performance.now();
      if (shown.close === close) shown.close = null;
    };
  }, [anchor, close]);
  useEffect(
    () => () => {
      clearTimeout(waiting.current);
    },
    [],
  );
  const triggerProps = {
    'aria-describedby': anchor ? id : undefined,
    // Not when it enters: rows also move under a pointer that rests.
    onPointerMove({ currentTarget, pointerType }: PointerEvent<HTMLElement>) {
      if (pointerType === 'touch' || over.current) return;
      over.current = true;
      waiting.current = setTimeout(() => {
        setAnchor(currentTarget);
      }, delay());
    },
    onPointerLeave() {
      over.current = false;
      clearTimeout(waiting.current);
      // One that is drawn knows itself when it is left: the pointer may go on to it.
      if (document.getElementById(id) === null) close();
    },
    onPointerDown() {
      close();
      pressed.current = true;
      const onUp = () => {
        pressed.current = false;
      };
      document.addEventListener('pointerup', onUp, { once: true });
    },
    onFocus({ currentTarget }: { currentTarget: HTMLElement }) {
      if (!pressed.current) setAnchor(currentTarget);
    },
    onBlur: close,
    onClick: close,
  };
  return { id, anchor, close, triggerProps };
}
