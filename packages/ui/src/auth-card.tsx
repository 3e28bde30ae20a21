import { Server } from 'lucide-react';
import type { ReactNode } from 'react';
import { Brand } from './brand-mark.tsx';

export interface AuthCardProps {
  /** "Sign in". */
  title: string;
  lead?: string | undefined;
  /** Over the title: an avatar. */
  before?: ReactNode;
  /** The form: `FormError`, fields, one primary `Button` with `size="lg" wide`. See `AuthForm`. */
  children: ReactNode;
  /** Under the form: "New here? Create an account". */
  after?: ReactNode;
  /** At the foot: whose server this is. */
  footnote?: ReactNode;
}

/** The page of signing in and registering: the form on the left, the sign on the right from 1024 px. */
export function AuthCard({ title, lead, before, children, after, footnote }: AuthCardProps) {
  return (
    <div className="grid min-h-dvh grid-cols-1 bg-side lg:grid-cols-[minmax(480px,42%)_minmax(0,1fr)]">
      <div className="grid grid-rows-[var(--bar)_1fr_auto] bg-paper lg:border-e lg:border-line">
        <header className="flex items-center px-4">
          <Brand />
        </header>
        <main className="m-auto w-90 max-w-[calc(100vw-48px)] pt-6 pb-[12vh]">
          {before && <div className="mb-3 empty:hidden">{before}</div>}
          <h1 className="text-xl font-bold tracking-[-0.015em] wrap-anywhere">{title}</h1>
          {lead && <p className="mt-0.5 text-ink-2">{lead}</p>}
          {children}
          {after && <p className="mt-5 text-sm text-ink-2">{after}</p>}
        </main>
        <footer className="flex min-h-13 items-center gap-2 p-4 text-sm text-ink-3">
          {footnote && (
            <>
              <Server size={14} aria-hidden />
              {footnote}
            </>
          )}
        </footer>
      </div>
      <div aria-hidden className="relative overflow-hidden max-lg:hidden">
        <svg
          viewBox="0 0 24 24"
          fill="none"
          className="absolute top-1/2 left-1/2 size-[118vh] -translate-x-[42%] -translate-y-[46%] text-well-2"
        >
          <path
            d="M18.9 6.2A9 9 0 1 0 14.6 20.6"
            stroke="currentColor"
            strokeWidth="2.6"
            strokeLinecap="round"
          />
          <circle
            cx="18.6"
            cy="16.6"
            r="3.4"
            fill="currentColor"
            className="text-accent [[data-theme=dark]_&]:opacity-50"
          />
        </svg>
      </div>
    </div>
  );
}
