'use client';
import type { ReactNode } from 'react';

interface AuthFormProps {
  /** `read` tells what a field holds at this moment, by its name: also what was typed before the page had its scripts. */
  readonly onSubmit: (read: (field: string) => string) => void;
  readonly children: ReactNode;
}

/**
 * The form of an `AuthCard`: its parts 20 px apart, the browser's own bubbles off. Without scripts it is posted to the
 * page's own address.
 */
export function AuthForm({ onSubmit, children }: AuthFormProps) {
  return (
    <form
      method="post"
      noValidate
      className="mt-6 grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        const fields = new FormData(event.currentTarget);
        onSubmit((field) => {
          const value = fields.get(field);
          return typeof value === 'string' ? value : '';
        });
      }}
    >
      {children}
    </form>
  );
}
