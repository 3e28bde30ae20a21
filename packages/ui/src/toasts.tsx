'use client';
import { CircleAlert, X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { classNames } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import { uiText } from './text.ts';

/** One message at the foot of the chat pane. */
export interface ToastItem {
  id: string;
  /** One line. */
  text: string;
  /** `error` stays until closed; `info` goes after 5 s. Default `info`. */
  tone?: 'info' | 'error' | undefined;
  /** One thing to do: Undo, Retry. Closes the toast. */
  action?: { label: string; onPress: () => void } | undefined;
}

export interface ToastsProps {
  toasts: readonly ToastItem[];
  /** Take this one out of `toasts`: its time is over, or it was closed. */
  onDismiss: (id: string) => void;
}

function Toast({ toast, onDismiss }: { toast: ToastItem; onDismiss: (id: string) => void }) {
  const bad = toast.tone === 'error';
  return (
    <Radix.Root
      data-raised
      type={bad ? 'foreground' : 'background'}
      duration={bad ? Infinity : 5000}
      onOpenChange={(open) => {
        if (!open) onDismiss(toast.id);
      }}
      className={classNames(
        'pointer-events-auto inline-flex min-h-11 max-w-110 animate-float-in items-center gap-2.5 rounded-lg ps-3.5 text-sm',
        bad
          ? 'bg-raised text-ink shadow-[0_0_0_1px_var(--color-danger),var(--shadow-2)] [--hover:var(--color-raised-hover)] [&>svg]:text-danger'
          : 'bg-ink text-paper shadow-2',
        bad || toast.action ? 'pe-2' : 'pe-3.5',
      )}
    >
      {bad && <CircleAlert size={18} aria-hidden />}
      <Radix.Title className="min-w-0 py-2 wrap-anywhere">{toast.text}</Radix.Title>
      {toast.action && (
        <Radix.Action
          altText={toast.action.label}
          onClick={toast.action.onPress}
          className="h-7 flex-none rounded-sm px-2 font-medium underline underline-offset-3 pointer-coarse:h-9"
        >
          {toast.action.label}
        </Radix.Action>
      )}
      {bad && (
        <Radix.Close asChild>
          <IconButton size="sm" label={uiText.close} tooltip={false}>
            <X size={16} aria-hidden />
          </IconButton>
        </Radix.Close>
      )}
    </Radix.Root>
  );
}

/** All toasts, bottom left of the chat pane, the newest below. Stands once in the app, outside the panes. */
export function Toasts({ toasts, onDismiss }: ToastsProps) {
  return (
    <Radix.Provider label={uiText.notifications} swipeDirection="left">
      {toasts.map((toast) => (
        <Toast key={toast.id} toast={toast} onDismiss={onDismiss} />
      ))}
      <Radix.Viewport className="pointer-events-none fixed bottom-20 left-4 z-(--z-toast) flex max-w-[calc(100vw-32px)] flex-col items-start gap-2 outline-hidden md:left-[calc(var(--side)+16px)]" />
    </Radix.Provider>
  );
}
