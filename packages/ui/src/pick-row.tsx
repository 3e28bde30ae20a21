import { Check, X } from 'lucide-react';
import { Avatar, type AvatarOf } from './avatar.tsx';
import { uiText } from './text.ts';

export interface PickRowProps {
  avatar: AvatarOf;
  detail?: string | undefined;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean | undefined;
}

/** Somebody to tick, in the dialog of a new group. The whole row is the label. */
export function PickRow({ avatar, detail, checked, onChange, disabled }: PickRowProps) {
  return (
    <label className="-mx-3 grid h-12 cursor-pointer grid-cols-[36px_minmax(0,1fr)_20px] items-center gap-3 rounded-md px-3 -outline-offset-2 outline-accent [--ring:var(--color-raised)] hover:bg-raised-hover hover:[--ring:var(--color-raised-hover)] has-focus-visible:outline-2 has-disabled:cursor-not-allowed has-disabled:text-ink-off max-md:h-14">
      <Avatar {...avatar} size={36} />
      <span className="min-w-0">
        <bdi className="block truncate leading-5 font-medium">{avatar.name}</bdi>
        {detail && <span className="block truncate text-xs text-ink-3">{detail}</span>}
      </span>
      <span className="relative grid size-5 place-items-center">
        <input
          type="checkbox"
          checked={checked}
          disabled={disabled}
          onChange={(event) => {
            onChange(event.target.checked);
          }}
          className="peer absolute inset-0 appearance-none rounded-sm border border-control bg-raised outline-hidden checked:border-fill checked:bg-fill disabled:border-line disabled:bg-well"
        />
        <Check
          size={14}
          aria-hidden
          className="relative stroke-[2.5] text-transparent peer-checked:text-on-fill"
        />
      </span>
    </label>
  );
}

/** Somebody picked, with a cross to take them out again. */
export function PersonChip({ avatar, onRemove }: { avatar: AvatarOf; onRemove: () => void }) {
  return (
    <span className="inline-flex h-7 items-center gap-1.5 rounded-full bg-well ps-1 pe-0.5 text-sm font-medium pointer-coarse:h-9">
      <Avatar {...avatar} presence="unknown" size={20} />
      <bdi className="max-w-40 truncate">{avatar.name}</bdi>
      <button
        type="button"
        aria-label={uiText.remove(avatar.name)}
        onClick={onRemove}
        className="grid size-6 place-items-center rounded-full text-ink-3 hover:text-ink pointer-coarse:size-9"
      >
        <X size={12} aria-hidden />
      </button>
    </span>
  );
}
