import type { ReactNode } from 'react';
import { Avatar, type AvatarOf } from './avatar.tsx';

export interface AccountBarProps {
  avatar: AvatarOf;
  /** The second line: what one says of oneself, or the connection. */
  detail?: string | undefined;
  /** Icon buttons or a menu at the end. */
  action?: ReactNode;
}

/** Who is signed in, at the foot of the side bar. Not on the phone, where the tab bar leads to "You". */
export function AccountBar({ avatar, detail, action }: AccountBarProps) {
  return (
    <div className="flex h-(--bar) flex-none items-center gap-3 border-t border-line ps-4 pe-3 max-md:hidden">
      <Avatar {...avatar} size={32} />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate leading-[18px] font-medium">{avatar.name}</bdi>
        {detail && <span className="block truncate text-xs text-ink-3">{detail}</span>}
      </span>
      {action}
    </div>
  );
}
