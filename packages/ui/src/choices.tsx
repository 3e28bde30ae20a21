import { useId } from 'react';
import { classNames } from './class-names.ts';

export interface Choice<Value extends string> {
  value: Value;
  label: string;
  /** What it means, under the label. */
  detail?: string | undefined;
}

export interface ChoicesProps<Value extends string> {
  label: string;
  /** The label is said, not shown. */
  hideLabel?: boolean | undefined;
  value: Value | null;
  onChange: (value: Value) => void;
  options: readonly Choice<Value>[];
}

/** One of a few, a line each. The whole line is the label. */
export function Choices<Value extends string>(props: ChoicesProps<Value>) {
  const { label, hideLabel = false, value, onChange, options } = props;
  const name = useId();
  return (
    <fieldset>
      <legend className={hideLabel ? 'sr-only' : 'pb-1.5 text-sm font-medium'}>{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="-mx-3 grid min-h-9 cursor-pointer grid-cols-[20px_minmax(0,1fr)] items-center gap-x-3 rounded-md px-3 py-1.5 -outline-offset-2 outline-accent hover:bg-raised-hover has-focus-visible:outline-2 pointer-coarse:min-h-11"
        >
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => {
              onChange(option.value);
            }}
            className={classNames(
              'size-5 appearance-none rounded-full border border-control bg-raised outline-hidden',
              'checked:border-[6px] checked:border-fill checked:bg-on-fill',
              option.detail !== undefined && 'self-start mt-px',
            )}
          />
          <span className="min-w-0">
            {option.label}
            {option.detail !== undefined && <span className="block text-sm text-ink-3">{option.detail}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
