import { CircleAlert, Info } from 'lucide-react';
import type { ReactNode } from 'react';

/** Why a form was refused, above its fields; said at once. Draws nothing without children. */
export function FormError({ children }: { children?: ReactNode }) {
  if (!children) return null;
  return (
    <div
      role="alert"
      className="grid grid-cols-[18px_1fr] gap-2.5 rounded-md bg-danger-soft px-3 py-2.5 text-sm text-danger"
    >
      <CircleAlert size={18} aria-hidden className="mt-px" />
      <span>{children}</span>
    </div>
  );
}

/** Something to know before filling in a form, above its fields. */
export function FormNote({ children }: { children: ReactNode }) {
  return (
    <div
      role="status"
      className="grid grid-cols-[18px_1fr] gap-2.5 rounded-md bg-well px-3 py-2.5 text-sm text-ink-2"
    >
      <Info size={18} aria-hidden className="mt-px" />
      <span>{children}</span>
    </div>
  );
}
