import { useId, type ComponentProps } from 'react';

export interface TextAreaFieldProps extends Omit<ComponentProps<'textarea'>, 'className' | 'id'> {
  label: string;
  hint?: string | undefined;
}

/** Some labelled lines of text. */
export function TextAreaField({ label, hint, ...area }: TextAreaFieldProps) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <textarea
        rows={3}
        {...area}
        id={id}
        dir="auto"
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className="field-sizing-content max-h-50 min-h-20 w-full resize-none rounded-md border border-control bg-(--field,var(--color-paper)) px-3 py-2 -outline-offset-2 outline-accent focus:border-accent focus:outline-2"
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-sm text-ink-3">
          {hint}
        </p>
      )}
    </div>
  );
}
