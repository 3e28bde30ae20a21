'use client';
import { Check, CircleAlert, CircleX, TriangleAlert } from 'lucide-react';
import { useId, type ComponentProps, type ReactElement, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Spinner } from './spinner.tsx';
import { uiText } from './text.ts';

/** What a live check has found: `checking` turns, `ok` is green, `taken` is red, `warn` could not tell. */
export interface FieldStatus {
  kind: 'checking' | 'ok' | 'taken' | 'warn';
  text: ReactNode;
}

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'className' | 'size' | 'id'> {
  label: string;
  /** The label is said, not shown (search fields). */
  hideLabel?: boolean | undefined;
  /** Under the field when there is neither an error nor a status. */
  hint?: ReactNode;
  /** What is wrong and how to put it right; outlines the field in red. Wins over `status`. */
  error?: ReactNode;
  /** A live check's state. `taken` outlines the field in red. */
  status?: FieldStatus | undefined;
  /** Free values to pick with one press, shown after an error or a `taken` status. */
  suggestions?: readonly string[] | undefined;
  onSuggestion?: ((value: string) => void) | undefined;
  /** 40 or 44 px (sign in). Default `md`. */
  size?: 'md' | 'lg' | undefined;
  /** A 16-px icon before the text. */
  icon?: ReactNode;
  /** Behind the text: an icon button, for instance. */
  trailing?: ReactNode;
}

const statusLook: Record<FieldStatus['kind'], { className: string; icon: ReactElement }> = {
  checking: { className: 'text-ink-3', icon: <Spinner size={14} /> },
  ok: { className: 'text-ok', icon: <Check size={14} aria-hidden /> },
  taken: { className: 'text-danger', icon: <CircleX size={14} aria-hidden /> },
  warn: { className: 'text-warn', icon: <TriangleAlert size={14} aria-hidden /> },
};

type HelpProps = Pick<TextFieldProps, 'hint' | 'error' | 'status' | 'suggestions' | 'onSuggestion'>;

function Help({ id, hint, error, status, suggestions = [], onSuggestion }: HelpProps & { id: string }) {
  const look = error ? { className: 'text-danger', icon: <CircleAlert size={14} aria-hidden /> } : undefined;
  const shown = look ?? (status ? statusLook[status.kind] : { className: 'text-ink-3', icon: null });
  const offered = error || status?.kind === 'taken' ? suggestions : [];
  return (
    <p
      id={id}
      aria-live="polite"
      className={classNames('flex gap-1.5 text-sm empty:hidden [&>svg]:mt-[3px]', shown.className)}
    >
      {shown.icon}
      {(error || status || hint) && (
        <span>
          {error || status?.text || hint}
          {offered.length > 0 && ` ${uiText.freeNames}`}
          {offered.map((value) => (
            <button
              key={value}
              type="button"
              onClick={() => onSuggestion?.(value)}
              className="ms-1 min-h-6 rounded-sm px-0.5 font-medium underline underline-offset-3"
            >
              {value}
            </button>
          ))}
        </span>
      )}
    </p>
  );
}

/** A labelled line of text with a hint, an error or the state of a live check under it. */
export function TextField(props: TextFieldProps) {
  const {
    label,
    hideLabel = false,
    hint,
    error,
    status,
    suggestions,
    onSuggestion,
    size = 'md',
    icon,
    trailing,
    ...input
  } = props;
  const id = useId();
  const bad = Boolean(error) || status?.kind === 'taken';
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-sm font-medium'}>
        {label}
      </label>
      <div
        className={classNames(
          'flex w-full min-w-0 items-center gap-2 rounded-md border bg-(--field,var(--color-paper)) px-3 -outline-offset-2 focus-within:outline-2',
          'has-disabled:border-line has-disabled:bg-well has-disabled:text-ink-off',
          size === 'lg' ? 'h-11' : 'h-10',
          bad ? 'border-danger outline-danger' : 'border-control outline-accent focus-within:border-accent',
          '[&>svg]:text-ink-3',
        )}
      >
        {icon}
        <input
          {...input}
          id={id}
          aria-invalid={bad || undefined}
          aria-describedby={`${id}-help`}
          className="h-full min-w-0 flex-1 bg-transparent outline-hidden"
        />
        {trailing}
      </div>
      <Help id={`${id}-help`} {...{ hint, error, status, suggestions, onSuggestion }} />
    </div>
  );
}
