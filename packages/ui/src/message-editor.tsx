'use client';
import type { KeyboardEvent } from 'react';
import { AutoTextarea } from './auto-textarea.tsx';
import { isSendKey } from './send-key.ts';
import { textLinkClass } from './text-link-class.ts';
import { uiText } from './text.ts';

export interface MessageEditorProps {
  value: string;
  onChange: (value: string) => void;
  onSave: () => void;
  onCancel: () => void;
  label: string;
}

/** The composer that opens in place of a message's text. Enter saves, Escape cancels. */
export function MessageEditor({ value, onChange, onSave, onCancel, label }: MessageEditorProps) {
  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onCancel();
    } else if (isSendKey(event, true)) {
      event.preventDefault();
      onSave();
    }
  }
  return (
    <div>
      <div className="my-1 rounded-lg border border-control bg-paper px-3 -outline-offset-2 outline-accent focus-within:border-accent focus-within:outline-2">
        <AutoTextarea aria-label={label} value={value} onValue={onChange} onKeyDown={onKeyDown} autoFocus />
      </div>
      <p className="flex gap-3 text-xs">
        <button
          type="button"
          onClick={onCancel}
          className={`${textLinkClass} min-h-6 pointer-coarse:min-h-9`}
        >
          {uiText.cancelHint}
        </button>
        <button type="button" onClick={onSave} className={`${textLinkClass} min-h-6 pointer-coarse:min-h-9`}>
          {uiText.saveHint}
        </button>
      </p>
    </div>
  );
}
