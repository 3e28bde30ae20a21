export interface SwitchRowProps {
  label: string;
  /** What it means, under the label. */
  detail?: string | undefined;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** Something that is on or off, at once: no button confirms it. The whole row is the label. */
export function SwitchRow({ label, detail, checked, onChange }: SwitchRowProps) {
  return (
    <label className="grid min-h-9 cursor-pointer grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 py-1 text-sm pointer-coarse:min-h-11">
      <span className="min-w-0">
        {label}
        {detail !== undefined && <span className="block text-xs text-ink-3">{detail}</span>}
      </span>
      <span className="relative grid h-5 w-9">
        <input
          type="checkbox"
          role="switch"
          checked={checked}
          onChange={(event) => {
            onChange(event.target.checked);
          }}
          className="peer col-start-1 row-start-1 appearance-none rounded-full bg-mark transition-colors checked:bg-fill"
        />
        <span
          aria-hidden
          className="pointer-events-none col-start-1 row-start-1 m-0.5 size-4 rounded-full bg-on-fill transition-transform duration-(--duration-fast) peer-checked:translate-x-4"
        />
      </span>
    </label>
  );
}
