'use client';
import { ToggleGroup } from 'radix-ui';
import { uiText } from './text.ts';

export interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string }[];
}

/** Two to four choices side by side, one of them on. */
export function Segmented<Value extends string>({ label, value, onChange, options }: SegmentedProps<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        // Radix says '' when the chosen one is pressed again; one is always on here.
        const option = options.find((candidate) => candidate.value === next);
        if (option) onChange(option.value);
      }}
      className="inline-flex w-fit rounded-md bg-well p-0.5"
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="h-8 rounded-sm px-3 text-sm font-medium text-ink-2 data-[state=on]:bg-paper data-[state=on]:text-ink data-[state=on]:shadow-[0_0_0_1px_var(--color-line-2)] pointer-coarse:h-9"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

/** What was chosen; `system` follows the machine. The app writes the result to `<html data-theme>`. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const themes = (['system', 'light', 'dark'] as const).map((value) => ({
  value,
  label: uiText.themes[value],
}));

/** Light, dark, or as the machine has it. */
export function ThemeSwitch({
  value,
  onChange,
}: {
  value: ThemeChoice;
  onChange: (value: ThemeChoice) => void;
}) {
  return <Segmented label={uiText.theme} value={value} onChange={onChange} options={themes} />;
}
