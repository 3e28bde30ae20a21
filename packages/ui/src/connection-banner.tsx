'use client';
import { Check, WifiOff } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { headerColumns } from './pane-header.tsx';
import { Spinner } from './spinner.tsx';
import { uiText } from './text.ts';

export type ConnectionState = 'connecting' | 'offline' | 'back-online';

export interface ConnectionBannerProps {
  state: ConnectionState;
  /** Instead of the default sentence: "Reconnecting, next try in 4 s". */
  children?: ReactNode;
  /** Adds "Try now" while connecting. */
  onTryNow?: (() => void) | undefined;
}

const looks: Record<ConnectionState, { className: string; icon: ReactElement; text: string }> = {
  offline: { className: '[&>svg]:text-ink-2', icon: <WifiOff size={16} aria-hidden />, text: uiText.offline },
  connecting: { className: '[&>svg]:text-warn', icon: <Spinner />, text: uiText.connecting },
  'back-online': {
    className: '[&>svg]:text-ok',
    icon: <Check size={16} aria-hidden />,
    text: uiText.backOnline,
  },
};

/** How the connection stands, under the pane header. The app takes "back online" away after 3 s. */
export function ConnectionBanner({ state, children, onTryNow }: ConnectionBannerProps) {
  const look = looks[state];
  return (
    <div role="status" className="flex-none bg-well px-6 text-sm max-xl:px-3 max-md:px-0">
      <div
        className={classNames(
          headerColumns,
          'min-h-10 grid-cols-[var(--gutter)_minmax(0,1fr)_auto] max-md:gap-x-2.5! max-md:px-3! max-md:py-2 [&>svg]:justify-self-center',
          look.className,
        )}
      >
        {look.icon}
        <span className="tabular-nums">{children ?? look.text}</span>
        {state === 'connecting' && onTryNow && (
          <button
            type="button"
            onClick={onTryNow}
            className="me-2 h-7 rounded-sm px-1 font-medium underline underline-offset-3 pointer-coarse:h-9"
          >
            {uiText.tryNow}
          </button>
        )}
      </div>
    </div>
  );
}
