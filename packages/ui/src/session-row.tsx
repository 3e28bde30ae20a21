import { Laptop, Smartphone, SquareTerminal } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { uiText } from './text.ts';

/** What kind of thing is signed in. */
export type DeviceKind = 'computer' | 'phone' | 'program';

export interface SessionRowProps {
  kind: DeviceKind;
  /** "Chrome on Linux". */
  name: string;
  /** "Active 12 min ago, from 198.51.100.7". */
  detail: string;
  /** The one that is looked at. */
  current: boolean;
  /** A button; the current one has none. */
  action?: ReactNode;
}

const icons: Record<DeviceKind, ReactElement> = {
  computer: <Laptop size={18} />,
  phone: <Smartphone size={18} />,
  program: <SquareTerminal size={18} />,
};

/** A device that is signed in, 80 px; as `<li>`. */
export function SessionRow({ kind, name, detail, current, action }: SessionRowProps) {
  return (
    <li className="grid min-h-20 grid-cols-[40px_minmax(0,1fr)_auto] items-center gap-3 border-t border-line last:border-b">
      <span aria-hidden className="grid size-10 place-items-center rounded-md bg-well text-ink-2">
        {icons[kind]}
      </span>
      <div className="min-w-0">
        <p className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium">{name}</span>
          {current && (
            <span className="flex-none rounded-full bg-accent-soft px-2 text-xs leading-5 font-medium text-accent">
              {uiText.thisDevice}
            </span>
          )}
        </p>
        <p className="truncate text-sm text-ink-3">{detail}</p>
      </div>
      {action}
    </li>
  );
}
