import { ChevronDown } from 'lucide-react';
import { useId } from 'react';

export interface SelectFieldProps<Value extends string> {
  label: string;
  /** What it means, under the field. */
  hint?: string | undefined;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string }[];
}

/** One of several, folded away. The browser's own list: it is the phone's wheel, and screen readers know it. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { label, hint, value, onChange, options } = props;
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="grid items-center rounded-md border border-control bg-(--field,var(--color-paper)) -outline-offset-2 outline-accent focus-within:border-accent focus-within:outline-2">
        <select
          id={id}
          value={value}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen) onChange(chosen.value);
          }}
          className="col-start-1 row-start-1 h-10 w-full appearance-none truncate bg-transparent ps-3 pe-9 outline-hidden"
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} className="bg-raised text-ink">
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          size={16}
          aria-hidden
          className="pointer-events-none col-start-1 row-start-1 me-3 justify-self-end text-ink-3"
        />
      </div>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-sm text-ink-3">
          {hint}
        </p>
      )}
    </div>
  );
}
