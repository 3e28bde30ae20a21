import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { uiText } from './text.ts';

const line =
  'col-start-2 -col-end-1 flex flex-wrap empty:hidden items-center gap-x-1.5 gap-y-1 text-sm leading-6';

/** A line under a message's text about its way. */
export function MessageNotice({
  children,
  tone = 'quiet',
}: {
  children: ReactNode;
  tone?: 'quiet' | 'warn' | undefined;
}) {
  return <p className={classNames(line, tone === 'warn' ? 'text-warn' : 'text-ink-3')}>{children}</p>;
}

export interface MessageFailureProps {
  /** A sentence: "Not sent: you were removed from this group." */
  reason: string;
  onRetry?: (() => void) | undefined;
  onEdit?: (() => void) | undefined;
  onDelete?: (() => void) | undefined;
}

/** Why a message was refused, followed by what can be done about it. */
export function MessageFailure({ reason, onRetry, onEdit, onDelete }: MessageFailureProps) {
  const actions = [
    { label: uiText.retry, run: onRetry },
    { label: uiText.edit, run: onEdit },
    { label: uiText.delete, run: onDelete },
  ];
  return (
    <div role="alert" className={classNames(line, 'text-danger')}>
      <span>{reason}</span>
      {actions.map(
        ({ label, run }) =>
          run && (
            <button
              key={label}
              type="button"
              onClick={run}
              className="h-6 rounded-sm px-1.5 font-medium underline decoration-1 underline-offset-3 pointer-coarse:h-9"
            >
              {label}
            </button>
          ),
      )}
    </div>
  );
}
