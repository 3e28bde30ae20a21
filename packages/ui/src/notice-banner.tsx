'use client';
import { HardDrive, X } from 'lucide-react';
import { IconButton } from './icon-button.tsx';
import { headerColumns } from './pane-header.tsx';
import { uiText } from './text.ts';

/** Something to know, under the pane header, until it is closed; quieter than an error. */
export function NoticeBanner({ children, onClose }: { children: string; onClose: () => void }) {
  return (
    <div role="status" className="flex-none bg-well px-6 text-sm max-xl:px-3 max-md:px-0">
      <div
        className={`${headerColumns} min-h-10 grid-cols-[var(--gutter)_minmax(0,1fr)_auto] py-1 max-md:gap-x-2.5! max-md:px-3!`}
      >
        <HardDrive size={16} aria-hidden className="justify-self-center text-warn" />
        <span className="py-1">{children}</span>
        <IconButton label={uiText.close} size="sm" tooltip={false} onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}
