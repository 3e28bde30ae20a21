'use client';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Spinner } from './spinner.tsx';
import { useLink } from './ui-provider.tsx';

export type ButtonVariant = 'primary' | 'plain' | 'ghost' | 'danger' | 'danger-plain';
export type ButtonSize = 'sm' | 'md' | 'lg';

interface ButtonLook {
  /** `primary` once a screen at most. Default `plain`. */
  variant?: ButtonVariant | undefined;
  /** 28, 36 or 44 px high; `sm` is 36 on touch. Default `md`. */
  size?: ButtonSize | undefined;
  /** As wide as its container. */
  wide?: boolean | undefined;
  /** A 16-px icon before the text. */
  icon?: ReactNode;
}

export interface ButtonProps extends ButtonLook, Omit<ComponentProps<'button'>, 'className'> {
  /** Shows a spinner and ignores presses, but keeps the focus. */
  busy?: boolean | undefined;
}

export interface ButtonLinkProps extends ButtonLook {
  href: string;
  children: ReactNode;
}

const variants: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-fill text-on-fill hover:bg-fill-hover',
  plain: 'border-line-2 bg-raised text-ink hover:bg-raised-hover',
  ghost: 'border-transparent text-ink-2 hover:bg-well hover:text-ink',
  danger: 'border-transparent bg-danger-fill text-on-fill hover:bg-danger-fill-hover',
  'danger-plain': 'border-line-2 text-danger hover:bg-danger-soft',
};

const sizes: Record<ButtonSize, string> = {
  sm: 'h-7 rounded-sm px-2.5 text-sm pointer-coarse:h-9',
  md: 'h-9 rounded-md px-3.5 text-sm',
  lg: 'h-11 rounded-md px-5 text-md',
};

function buttonClass({ variant = 'plain', size = 'md', wide }: ButtonLook, off = false): string {
  return classNames(
    'inline-flex shrink-0 items-center justify-center gap-2 border font-medium whitespace-nowrap transition-colors',
    sizes[size],
    off ? 'cursor-not-allowed border-transparent bg-well text-ink-off' : variants[variant],
    wide && 'w-full',
  );
}

/** A push button; `type="button"` unless told otherwise. */
export function Button(props: ButtonProps) {
  const {
    variant,
    size,
    wide,
    icon,
    busy = false,
    children,
    onClick,
    type = 'button',
    disabled,
    ...rest
  } = props;
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
      className={buttonClass({ variant, size, wide }, disabled)}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({ href, children, icon, ...look }: ButtonLinkProps) {
  const Link = useLink();
  return (
    <Link href={href} className={buttonClass(look)}>
      {icon}
      {children}
    </Link>
  );
}
