import { CircleAlert, Info, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface NoteProps {
  role: 'alert' | 'status';
  icon: LucideIcon;
  className: string;
  children: ReactNode;
}

function Note({ role, icon: Icon, className, children }: NoteProps) {
  return (
    <div
      role={role}
      className={classNames('grid grid-cols-[18px_1fr] gap-2.5 rounded-md px-3 py-2.5 text-sm', className)}
    >
      <Icon size={18} aria-hidden className="mt-px" />
      <span>{children}</span>
    </div>
  );
}

/** Why a form was refused, above its fields; said at once. Draws nothing without children. */
export function FormError({ children }: { children?: ReactNode }) {
  if (!children) return null;
  return (
    <Note role="alert" icon={CircleAlert} className="bg-danger-soft text-danger">
      {children}
    </Note>
  );
}

/** Something to know before filling in a form, above its fields. */
export function FormNote({ children }: { children: ReactNode }) {
  return (
    <Note role="status" icon={Info} className="bg-well text-ink-2">
      {children}
    </Note>
  );
}
