'use client';
import { Check, CheckCheck, CircleAlert, Clock, RotateCw } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { uiText } from './text.ts';
import { Tooltip } from './tooltip.tsx';

/** How far one's own message got; delivered and read mean: by every member. */
export type Delivery = 'sending' | 'sent' | 'delivered' | 'read' | 'unconfirmed' | 'failed';

const marks: Record<Delivery, ReactElement> = {
  sending: <Clock size={14} aria-hidden className="text-mark" />,
  sent: <Check size={15} aria-hidden className="text-mark" />,
  delivered: <CheckCheck size={15} aria-hidden className="text-mark" />,
  read: <CheckCheck size={15} aria-hidden className="stroke-[2.25] text-accent" />,
  unconfirmed: <RotateCw size={14} aria-hidden className="animate-spin text-warn" />,
  failed: <CircleAlert size={15} aria-hidden className="text-danger" />,
};

export interface DeliveryMarkProps {
  delivery: Delivery;
  /** Who got it, in words ("Read by bob. Delivered to noor."): shown, and made, on hover and focus. */
  who?: ReactNode;
  /** Whether Tab reaches the mark; only in the row that has the list's focus. */
  focusable?: boolean | undefined;
}

/** The mark alone, with its meaning for screen readers. */
export function DeliveryMark({ delivery, who, focusable = false }: DeliveryMarkProps) {
  const mark = (
    <>
      {marks[delivery]}
      <span className="sr-only">{uiText.delivery[delivery]}</span>
    </>
  );
  if (!who) return <span className="relative">{mark}</span>;
  return (
    <Tooltip label={who} side="top">
      <button
        type="button"
        tabIndex={focusable ? 0 : -1}
        className={classNames(
          'relative cursor-default! rounded-sm',
          "before:absolute before:-inset-1.5 before:content-['']",
        )}
      >
        {mark}
      </button>
    </Tooltip>
  );
}
