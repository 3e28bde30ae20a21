'use client';
import type { ReactNode } from 'react';

/** The form of an `AuthCard`: its parts 20 px apart, the browser's own bubbles off. */
export function AuthForm({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  return (
    <form
      noValidate
      className="mt-6 grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
