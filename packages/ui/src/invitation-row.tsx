import { Link2 } from 'lucide-react';
import type { ReactNode } from 'react';

export interface InvitationRowProps {
  /** "Until 28 November". */
  title: string;
  /** "By ada, 2 of 10 joined". */
  detail: string;
  /** Icon buttons: copy, revoke. */
  actions: ReactNode;
}

/** A link that lets people in, 52 px; as `<li>`. */
export function InvitationRow({ title, detail, actions }: InvitationRowProps) {
  return (
    <li className="grid min-h-13 grid-cols-[32px_minmax(0,1fr)_auto] items-center gap-3">
      <span aria-hidden className="grid size-8 place-items-center rounded-md bg-well text-ink-2">
        <Link2 size={16} />
      </span>
      <span className="min-w-0">
        <span className="block truncate text-sm leading-5 font-medium">{title}</span>
        <span className="block truncate text-xs text-ink-3 tabular-nums">{detail}</span>
      </span>
      <span className="flex">{actions}</span>
    </li>
  );
}
