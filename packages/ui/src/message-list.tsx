import type { ComponentProps, ReactNode } from 'react';
import { messageColumns } from './message-columns.ts';
import { uiText } from './text.ts';

export interface MessageLogProps extends Omit<ComponentProps<'div'>, 'className' | 'role'> {
  /** Floats over the list's end: a `JumpPill`. */
  overlay?: ReactNode;
}

/**
 * The scrolling list of messages, the page's one `role=log`. `ref`, `onScroll` and the rest go to the element that scrolls;
 * it anchors by itself nothing: `overflow-anchor` is off, because the app keeps the position.
 */
export function MessageLog({ overlay, children, ...rest }: MessageLogProps) {
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        aria-label={uiText.messages}
        tabIndex={0}
        {...rest}
        role="log"
        className="flex min-h-0 flex-1 flex-col overflow-x-hidden overflow-y-auto overscroll-contain -outline-offset-2! [overflow-anchor:none]"
      >
        {children}
      </div>
      {overlay}
    </div>
  );
}

const column = 'mx-auto w-full max-w-[calc(var(--column)+48px)] px-6 max-xl:px-3 max-md:px-1';

/** The reading column, 736 at most and centred. `mt-auto` keeps a short conversation at the foot. */
export function MessageColumn({ children, ...rest }: Omit<ComponentProps<'div'>, 'className'>) {
  return (
    <div {...rest} className={`${column} mt-auto`}>
      {children}
    </div>
  );
}

/** The foot of the chat pane: typing line, then composer, on the reading column and above the phone's home bar. */
export function ChatFoot({ children }: { children: ReactNode }) {
  return (
    <div className="flex-none pb-[max(16px,env(safe-area-inset-bottom))] max-md:pb-[max(8px,env(safe-area-inset-bottom))]">
      <div className={column}>{children}</div>
    </div>
  );
}

/** "emi is typing", in 28 px that are always reserved. */
export function TypingLine({ text }: { text?: string | undefined }) {
  return (
    <div role="status" className={`${messageColumns} h-7 items-center text-sm text-ink-3`}>
      {text && (
        <>
          <span aria-hidden className="flex gap-[3px] justify-self-center">
            {[0, 0.15, 0.3].map((delay) => (
              <i
                key={delay}
                style={{ animationDelay: `${delay}s` }}
                className="size-[5px] animate-typing rounded-full bg-ink-3"
              />
            ))}
          </span>
          <span className="col-start-2 -col-end-1 truncate">{text}</span>
        </>
      )}
    </div>
  );
}
