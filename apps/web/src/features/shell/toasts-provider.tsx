'use client';
import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';
import { newClientId } from '@confab/contract';
import type { ToastItem } from '@confab/ui';
import { failureText } from '../../lib/failure-text.ts';
import { lazy } from '../../lib/lazy.tsx';

// The first one comes long after the first load.
const Toasts = lazy(async () => (await import('@confab/ui/toasts')).Toasts);

interface Notifications {
  /** Goes after 5 s; `action` is one thing to do about it: Undo. */
  readonly notify: (text: string, action?: ToastItem['action']) => void;
  /** Stays until it is closed. */
  readonly notifyProblem: (text: string) => void;
  /** Says why a call failed; stays until it is closed. */
  readonly notifyFailure: (error: unknown) => void;
}

const ToastsContext = createContext<Notifications | null>(null);

/** Keeps the toasts of the app. */
export function ToastsProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly ToastItem[]>([]);
  const add = useCallback((toast: Omit<ToastItem, 'id'>) => {
    setToasts((shown) => [...shown, { ...toast, id: newClientId() }]);
  }, []);
  const [notifications] = useState<Notifications>({
    notify: (text, action) => {
      add({ text, action });
    },
    notifyProblem: (text) => {
      add({ text, tone: 'error' });
    },
    notifyFailure: (error) => {
      add({ text: failureText(error), tone: 'error' });
    },
  });
  return (
    <ToastsContext value={notifications}>
      {children}
      {toasts.length > 0 && (
        <Toasts
          toasts={toasts}
          onDismiss={(id) => {
            setToasts((shown) => shown.filter((toast) => toast.id !== id));
          }}
        />
      )}
    </ToastsContext>
  );
}

export function useNotifications(): Notifications {
  const notifications = useContext(ToastsContext);
  if (!notifications) throw new Error('useNotifications is for what stands inside the chat.');
  return notifications;
}
