'use client';
import { useId, type KeyboardEvent } from 'react';
import type { AvatarOf } from './avatar.tsx';
import { PersonChip } from './pick-row.tsx';

export interface PeopleFieldProps {
  label: string;
  placeholder?: string | undefined;
  /** What is typed; filters the rows under the field. */
  value: string;
  onChange: (value: string) => void;
  /** Who is picked, as chips in the field. Backspace in the empty field takes the last one out. */
  picked: readonly AvatarOf[];
  onRemove: (id: string) => void;
  /** Takes the first of those found. */
  onEnter: () => void;
  autoFocus?: boolean | undefined;
}

/** The people of a new group: chips, and a field that finds more. */
export function PeopleField({
  label,
  placeholder,
  value,
  onChange,
  picked,
  onRemove,
  onEnter,
  autoFocus,
}: PeopleFieldProps) {
  const id = useId();
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const last = picked.at(-1);
    if (event.key === 'Backspace' && value === '' && last) onRemove(last.id);
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    // It would send the form of the dialog while somebody is still looking for a name.
    event.preventDefault();
    onEnter();
  }
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="flex max-h-30 min-h-10 flex-wrap items-center gap-1.5 overflow-y-auto rounded-md border border-control bg-(--field,var(--color-paper)) px-2 py-1 -outline-offset-2 outline-accent focus-within:border-accent focus-within:outline-2">
        {picked.map((avatar) => (
          <PersonChip
            key={avatar.id}
            avatar={avatar}
            onRemove={() => {
              onRemove(avatar.id);
            }}
          />
        ))}
        <input
          id={id}
          autoComplete="off"
          autoFocus={autoFocus}
          value={value}
          placeholder={placeholder}
          onChange={(event) => {
            onChange(event.target.value);
          }}
          onKeyDown={onKeyDown}
          className="h-7 min-w-24 flex-1 bg-transparent px-1 outline-hidden pointer-coarse:h-9"
        />
      </div>
    </div>
  );
}
