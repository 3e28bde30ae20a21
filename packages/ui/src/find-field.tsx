'use client';
import { Search } from 'lucide-react';
import type { ComponentProps } from 'react';

export interface FindFieldProps extends Omit<ComponentProps<'input'>, 'className' | 'type' | 'size'> {
  /** Said and, unless there is a `placeholder`, shown. */
  label: string;
}

/** The quiet search field of the side bar: filters the list under it. */
export function FindField({ label, placeholder = label, ...input }: FindFieldProps) {
  return (
    <label className="flex h-9 items-center gap-2 rounded-md bg-well-2 ps-2.5 pe-2 text-sm text-ink-2 -outline-offset-2 outline-accent focus-within:outline-2">
      <Search size={16} aria-hidden />
      <input
        {...input}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        className="h-full min-w-0 flex-1 bg-transparent text-ink outline-hidden placeholder:text-ink-2 pointer-coarse:text-md [&::-webkit-search-cancel-button]:hidden"
      />
    </label>
  );
}
