import type { ReactNode } from 'react';
import { Avatar } from './avatar.tsx';

export interface RoomRowProps {
  id: string;
  name: string;
  topic?: string | undefined;
  /** "10,312 members, active just now". */
  meta?: string | undefined;
  /** One button: Join (plain), or Open (ghost) where one is a member. */
  action: ReactNode;
}

/** A room in the directory, 80 px; as `<li>`. */
export function RoomRow({ id, name, topic, meta, action }: RoomRowProps) {
  return (
    <li className="relative grid h-20 grid-cols-[40px_minmax(0,1fr)_auto] items-center gap-x-3 px-3 not-first:before:absolute not-first:before:start-16 not-first:before:end-3 not-first:before:top-0 not-first:before:h-px not-first:before:bg-line">
      <Avatar id={id} name={name} kind="room" />
      <div className="min-w-0">
        <bdi className="block truncate leading-[22px] font-medium">{name}</bdi>
        {topic && (
          <p dir="auto" className="truncate text-start text-sm text-ink-2">
            {topic}
          </p>
        )}
        {meta && <p className="truncate text-xs text-ink-3 tabular-nums">{meta}</p>}
      </div>
      <div className="grid min-w-18">{action}</div>
    </li>
  );
}
