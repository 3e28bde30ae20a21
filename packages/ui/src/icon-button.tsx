'use client';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Tooltip } from './tooltip.tsx';
import { useLink } from './ui-provider.tsx';

interface IconButtonLook {
  /** Said by screen readers and shown as the tooltip. */
  label: string;
  /** The icon: 18 px in bars, 16 in small buttons, 20 in the composer. */
  children: ReactNode;
  /** 36 or 28 px; 28 only inside small things, and 36 on touch there too. Default `md`. */
  size?: 'sm' | 'md' | undefined;
  /** Drawn as switched on (the details toggle). On narrow screens the look is left out. */
  on?: boolean | undefined;
}

export interface IconButtonProps
  extends IconButtonLook, Omit<ComponentProps<'button'>, 'className' | 'children'> {
  /** False where the label is visible anyway or a menu opens in its place. Default true. */
  tooltip?: boolean | undefined;
}

function iconButtonClass(size: 'sm' | 'md', on: boolean): string {
  return classNames(
    'grid flex-none place-items-center text-ink-2 transition-colors hover:bg-(--hover,var(--color-well)) hover:text-ink',
    'disabled:pointer-events-none disabled:text-ink-off data-[state=open]:bg-(--hover,var(--color-well))',
    size === 'sm' ? 'size-7 rounded-sm pointer-coarse:size-9' : 'size-9 rounded-md',
    on && 'lg:bg-well lg:text-ink',
  );
}

/** A square button that holds one icon. */
export function IconButton(props: IconButtonProps) {
  const { label, children, size = 'md', on = false, tooltip = true, type = 'button', ...rest } = props;
  const button = (
    <button {...rest} type={type} aria-label={label} className={iconButtonClass(size, on)}>
      {children}
    </button>
  );
  return tooltip ? <Tooltip label={label}>{button}</Tooltip> : button;
}

/** The same square as a link. */
export function IconLink({
  href,
  label,
  children,
  size = 'md',
  on = false,
}: IconButtonLook & { href: string }) {
  const Link = useLink();
  return (
    <Link href={href} aria-label={label} className={iconButtonClass(size, on)}>
      {children}
    </Link>
  );
}
