'use client';
import { Pencil, X } from 'lucide-react';
import { IconButton } from './icon-button.tsx';
import { uiText } from './text.ts';

export interface EditingBarProps {
  /** The text as it stands in the conversation. */
  text: string;
  onCancel: () => void;
}

/** In the composer's outline, above its field: a message is being changed, not a new one written. */
export function EditingBar({ text, onCancel }: EditingBarProps) {
  return (
    <div className="grid min-h-10 grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-2 rounded-t-lg border-b border-line bg-accent-soft ps-[15px] pe-[7px] text-sm max-md:ps-[11px] max-md:pe-[5px]">
      <Pencil size={16} aria-hidden className="text-accent" />
      <p className="flex min-w-0 gap-2">
        <span role="status" className="flex-none font-medium text-accent">
          {uiText.editing}
        </span>
        <span dir="auto" className="truncate text-ink-2">
          {text}
        </span>
      </p>
      <IconButton label={uiText.cancelEditing} size="sm" onClick={onCancel}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
