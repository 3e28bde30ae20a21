'use client';
import { useEffect, useRef, type PointerEvent, type SyntheticEvent } from 'react';

const holdMs = 450;
/** A finger is never quite still; further than this it scrolls. */
const driftPx = 10;

interface Press {
  timer: ReturnType<typeof setTimeout> | undefined;
  byTouch: boolean;
  x: number;
  y: number;
}

interface LongPress {
  onPointerDown: (event: PointerEvent) => void;
  onPointerMove: (event: PointerEvent) => void;
  onPointerUp: () => void;
  onPointerCancel: () => void;
  onContextMenu: (event: SyntheticEvent) => void;
}

/**
 * A finger that rests on an element. By a timer: not every browser tells of a long press, and where one does (as
 * `contextmenu`), its own menu would open over ours. Links and buttons in it keep what they do; `onControls` is for an
 * element that is a link itself.
 */
export function useLongPress(
  onLongPress: (() => void) | undefined,
  { onControls = false }: { onControls?: boolean } = {},
): Partial<LongPress> {
  const press = useRef<Press>({ timer: undefined, byTouch: false, x: 0, y: 0 });
  const end = () => {
    clearTimeout(press.current.timer);
    press.current.timer = undefined;
  };
  useEffect(() => end, []);
  if (!onLongPress) return {};
  return {
    onPointerDown: (event) => {
      end();
      const byTouch = event.pointerType === 'touch' && (onControls || !isControl(event.target));
      const hold = () => {
        swallowClick();
        onLongPress();
      };
      const timer = byTouch ? setTimeout(hold, holdMs) : undefined;
      press.current = { timer, byTouch, x: event.clientX, y: event.clientY };
    },
    onPointerMove: ({ clientX, clientY }) => {
      const { x, y } = press.current;
      if (Math.hypot(clientX - x, clientY - y) > driftPx) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onContextMenu: (event) => {
      if (press.current.byTouch) event.preventDefault();
    },
  };
}

/** The finger that still rests will be lifted, over whatever has opened under it: that is no press on it. */
function swallowClick(): void {
  const swallow = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
    end();
  };
  const end = () => {
    removeEventListener('click', swallow, true);
    removeEventListener('pointerdown', end, true);
  };
  addEventListener('click', swallow, true);
  addEventListener('pointerdown', end, true);
}

function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button') !== null;
}
