'use client';
import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Existing } from './existing.ts';

export interface TooltipBubbleProps {
  /** What the element is described by. */
  id: string;
  /** Over or beside which it stands. */
  anchor: HTMLElement;
  side: 'top' | 'bottom' | 'left' | 'right';
  /** Escape, scrolling, and the pointer that left both come here. */
  onClose: () => void;
  children: ReactNode;
}

/** An open tooltip. */
export function TooltipBubble({ id, anchor, side, onClose, children }: TooltipBubbleProps) {
  return (
    <Radix.Provider>
      <Radix.Root
        open
        onOpenChange={(open) => {
          if (!open) onClose();
        }}
      >
        <Radix.Trigger asChild>
          <Existing element={anchor} />
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            id={id}
            data-raised
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-(--z-toast) max-w-80 animate-fade-in rounded-sm bg-ink px-2.5 py-1.5 text-xs text-paper"
          >
            {children}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
