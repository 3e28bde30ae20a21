'use client';
import { Slot } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { lazy } from './lazy.tsx';
import { useTooltip } from './use-tooltip.ts';

const TooltipBubble = lazy(async () => (await import('./floating.ts')).TooltipBubble);

export interface TooltipProps {
  label: ReactNode;
  /** One element that takes pointer and focus handlers. */
  children: ReactElement;
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
}

/** Words on hover or focus. What is only here is not reachable by touch: never the only place. */
export function Tooltip({ label, children, side = 'bottom' }: TooltipProps) {
  const { id, anchor, close, triggerProps } = useTooltip();
  return (
    <>
      <Slot.Root {...triggerProps}>{children}</Slot.Root>
      {anchor && (
        <TooltipBubble id={id} anchor={anchor} side={side} onClose={close}>
          {label}
        </TooltipBubble>
      )}
    </>
  );
}
