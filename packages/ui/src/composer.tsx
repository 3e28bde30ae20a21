'use client';
import { ArrowUp, Hourglass } from 'lucide-react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { AutoTextarea } from './auto-textarea.tsx';
import { classNames } from './class-names.ts';
import { isSendKey } from './send-key.ts';
import { uiText } from './text.ts';
import { useKeyboardRing } from './use-keyboard-ring.ts';

const frame = 'rounded-lg border max-md:mx-1';
const inset = 'py-[5px] ps-[15px] pe-[7px] max-md:ps-[11px] max-md:pe-[5px]';
const columns = 'grid items-end gap-x-3 max-md:gap-x-2.5';

const overLook = 'border-danger outline-danger';
const ringLook = 'border-accent outline-accent';
const quietLook = 'border-control focus-within:border-ink-3';

export interface ComposerProps {
  value: string;
  onChange: (value: string) => void;
  /** Called by Enter and by the button, never for blank text or beyond the limit. */
  onSend: () => void;
  /** "Message Pier 7 rollout": the name and the placeholder. */
  label: string;
  /** Whether nothing of `value` would be seen, so that it is not sent. Default: it is white space. */
  blank?: boolean | undefined;
  /** Characters at most. The counter shows from nine tenths on; beyond it nothing is sent. */
  maxLength?: number | undefined;
  /** How long `value` counts, if it is not its number of UTF-16 units. */
  length?: number | undefined;
  /**
   * True: Enter sends and Shift+Enter breaks the line. False: Enter breaks, Ctrl or Cmd+Enter sends. Default: by the pointer;
   * on touch Enter breaks.
   */
  enterSends?: boolean | undefined;
  /** Shows under the field what the keys do, as soon as there are two lines. Default true. */
  keyHint?: boolean | undefined;
  /** Seconds until one may send again, shown in the button's place: until then one may write, and nothing is sent. */
  wait?: number | undefined;
  /** Inside the outline, above the field: the place of a reply. */
  above?: ReactNode;
  inputRef?: Ref<HTMLTextAreaElement> | undefined;
  /** Sees each key before the composer does (↑ edits the last message); `preventDefault` stops the composer. */
  onKeyDown?: ((event: KeyboardEvent<HTMLTextAreaElement>) => void) | undefined;
  onBlur?: (() => void) | undefined;
  autoFocus?: boolean | undefined;
}

const touch = () => matchMedia('(pointer: coarse)').matches;

/** The field at the foot of the chat, as wide as the messages: text, send. */
export function Composer(props: ComposerProps) {
  const {
    value,
    onChange,
    onSend,
    label,
    maxLength = Infinity,
    length = value.length,
    blank = value.trim() === '',
    keyHint = true,
    wait = 0,
  } = props;
  const over = length > maxLength;
  const sendable = !blank && !over && wait === 0;
  const ring = useKeyboardRing();
  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    ring.onKeyDown();
    props.onKeyDown?.(event);
    if (event.defaultPrevented || !isSendKey(event, props.enterSends ?? !touch())) return;
    event.preventDefault();
    if (sendable) onSend();
  }
  return (
    <div>
      <div
        className={classNames(
          frame,
          'bg-paper -outline-offset-2',
          ring.on && 'outline-2',
          over ? overLook : ring.on ? ringLook : quietLook,
        )}
      >
        {props.above}
        <div className={classNames(columns, inset, 'grid-cols-[minmax(0,1fr)_auto]')}>
          <AutoTextarea
            ref={props.inputRef}
            aria-label={label}
            placeholder={label}
            aria-invalid={over || undefined}
            enterKeyHint={props.enterSends === false ? 'enter' : 'send'}
            value={value}
            onValue={onChange}
            onKeyDown={onKeyDown}
            onKeyUp={ring.onKeyUp}
            onBlur={() => {
              ring.onBlur();
              props.onBlur?.();
            }}
            autoFocus={props.autoFocus}
          />
          {wait > 0 ? <SendWait seconds={wait} /> : <SendButton on={sendable} onSend={onSend} />}
        </div>
      </div>
      <ComposerHint length={length} maxLength={maxLength} keys={keyHint && value.includes('\n')} />
    </div>
  );
}

/** `0:09`, `4:59`. */
const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** A clock that runs down; not a live region, which would speak every second. */
function SendWait({ seconds }: { seconds: number }) {
  const time = clock(seconds);
  return (
    <span
      role="timer"
      aria-label={uiText.sendIn(time)}
      title={uiText.sendIn(time)}
      className="flex h-9 flex-none items-center gap-1 px-1.5 text-sm text-ink-3 tabular-nums"
    >
      <Hourglass size={16} aria-hidden />
      {time}
    </span>
  );
}

function SendButton({ on, onSend }: { on: boolean; onSend: () => void }) {
  return (
    <button
      type="button"
      aria-label={uiText.send}
      disabled={!on}
      // The field keeps the focus, so a phone's keyboard stays up.
      onMouseDown={(event) => {
        event.preventDefault();
      }}
      onClick={onSend}
      className={classNames(
        'grid size-9 flex-none place-items-center rounded-md transition-colors',
        on ? 'bg-fill text-on-fill hover:bg-fill-hover' : 'text-ink-off',
      )}
    >
      <ArrowUp size={20} aria-hidden />
    </button>
  );
}

function ComposerHint({ length, maxLength, keys }: { length: number; maxLength: number; keys: boolean }) {
  const over = length - maxLength;
  const near = length >= maxLength * 0.9;
  if (!keys && !near) return null;
  return (
    <p
      className={classNames(
        'flex justify-between gap-3 px-3 pt-1.5 text-xs',
        over > 0 ? 'text-danger' : 'text-ink-3',
      )}
    >
      <span role="status">{over > 0 && uiText.tooLong(over)}</span>
      {near ? (
        <span className="tabular-nums">{uiText.lengthOf(length, maxLength)}</span>
      ) : (
        <span className="pointer-coarse:hidden">{uiText.enterSends}</span>
      )}
    </p>
  );
}

export interface ComposerBlockedProps {
  /** One sentence: why, and until when. */
  children: ReactNode;
  /** An 18-px icon before the sentence. */
  icon: ReactNode;
  /** The way out: one button. */
  action?: ReactNode;
}

/** What stands in the composer's place when writing is not possible. */
export function ComposerBlocked({ children, icon, action }: ComposerBlockedProps) {
  return (
    <div
      className={classNames(
        frame,
        columns,
        inset,
        'grid-cols-[auto_minmax(0,1fr)_auto] border-line bg-well text-ink-2',
      )}
    >
      <span className="self-center">{icon}</span>
      <p className="min-h-9 py-[7px] wrap-anywhere">{children}</p>
      {action && <div className="self-center">{action}</div>}
    </div>
  );
}
