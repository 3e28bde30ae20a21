import type { CSSProperties, ReactNode } from 'react';
import { avatarHue } from './avatar-hue.ts';
import { classNames } from './class-names.ts';
import { initials } from './initials.ts';

export type AvatarKind = 'person' | 'group' | 'room';

/** `unknown` draws nothing: nothing is said that is not known. */
export type Presence = 'online' | 'offline' | 'unknown';

export type AvatarSize = 20 | 24 | 28 | 32 | 36 | 40 | 56 | 72;

/** Who or what an avatar stands for. `id` gives the colour, so it must be the lasting id, not the name. */
export interface AvatarOf {
  id: string;
  name: string;
  kind: AvatarKind;
  presence?: Presence | undefined;
}

export interface AvatarProps extends AvatarOf {
  /** Pixels; `gutter` follows the message column (36, phone 32). Default 40. */
  size?: AvatarSize | 'gutter' | undefined;
}

const dotSizes: Record<AvatarSize, number> = {
  20: 10,
  24: 10,
  28: 10,
  32: 11,
  36: 12,
  40: 12,
  56: 15,
  72: 18,
};
const smallType: Partial<Record<AvatarSize, string>> = { 20: '10px', 24: '11px', 28: '12px' };

const tile =
  'relative grid flex-none place-items-center leading-none font-bold tracking-[-0.01em] select-none';

function PresenceDot({ presence, size }: { presence: 'online' | 'offline'; size: AvatarSize }) {
  // The dot's centre lies on the circle at 45°: (1 - cos 45°) / 2 = 0.146 of the side away from the corner.
  const offset = `calc(${size}px * 0.146 - ${dotSizes[size]}px / 2)`;
  const style: CSSProperties = {
    width: dotSizes[size],
    height: dotSizes[size],
    right: offset,
    bottom: offset,
  };
  return (
    <span
      data-presence={presence}
      style={style}
      className={classNames(
        'absolute rounded-full border-(--ring,var(--color-paper))',
        size === 72 ? 'border-3' : 'border-2',
        presence === 'online'
          ? 'bg-online'
          : 'bg-(--ring,var(--color-paper)) shadow-[inset_0_0_0_2px_var(--color-offline)]',
      )}
    />
  );
}

/**
 * Initials on a colour derived from the id: a circle for people, a rounded square for groups and rooms. Hidden from screen
 * readers, because the name stands beside it; who shows presence says it in words too.
 */
export function Avatar({ id, name, kind, presence = 'unknown', size = 40 }: AvatarProps) {
  const hue = avatarHue(id);
  const side = size === 'gutter' ? 'var(--gutter)' : `${size}px`;
  return (
    <span
      aria-hidden
      data-avatar
      style={{
        width: side,
        height: side,
        fontSize: (size !== 'gutter' && smallType[size]) || `calc(${side} * 0.375)`,
        background: `var(--color-av-${hue})`,
        color: `var(--color-av-${hue}-ink)`,
      }}
      className={classNames(tile, kind === 'person' ? 'rounded-full' : 'rounded-[28%]')}
    >
      {initials(name)}
      {presence !== 'unknown' && <PresenceDot presence={presence} size={size === 'gutter' ? 36 : size} />}
    </span>
  );
}

/** A 40-px tile with an icon where a list has an entry that is nobody ("All rooms"). */
export function IconTile({ children }: { children: ReactNode }) {
  return (
    <span aria-hidden data-avatar className={classNames(tile, 'size-10 rounded-[28%] bg-well-2 text-ink-2')}>
      {children}
    </span>
  );
}
