import { Ban, EyeOff } from 'lucide-react';
import { linkify } from './linkify.ts';
import { textLinkClass } from './text-link-class.ts';
import { uiText } from './text.ts';

export interface MessageTextProps {
  /** Plain text, as it was written; never markup. */
  text: string;
  /** Says "edited" behind the last word; a press shows the texts before. */
  onEdited?: (() => void) | undefined;
  /** Whether Tab reaches that word: in the row that has the list's focus. */
  focusable?: boolean | undefined;
}

/**
 * A message's text with its http and https links. Each message has its own direction, links are isolated from the words
 * around them, and nothing of it can widen the column.
 */
export function MessageText({ text, onEdited, focusable = false }: MessageTextProps) {
  return (
    <p
      dir="auto"
      className="text-start wrap-anywhere whitespace-pre-wrap text-pretty [unicode-bidi:plaintext]"
    >
      {linkify(text).map((part, index) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          <bdi key={index}>
            <a
              href={part.href}
              target="_blank"
              rel="noopener noreferrer nofollow ugc"
              className={textLinkClass}
            >
              {part.text}
            </a>
          </bdi>
        ),
      )}
      {onEdited && (
        <>
          {' '}
          <button
            type="button"
            tabIndex={focusable ? 0 : -1}
            aria-label={uiText.editedLabel}
            onClick={onEdited}
            className="relative rounded-sm text-xs whitespace-nowrap text-ink-3 before:absolute before:-inset-1 before:content-[''] hover:text-ink hover:underline"
          >
            {uiText.edited}
          </button>
        </>
      )}
    </p>
  );
}

/** What stands in place of a deleted message. */
export function DeletedText({ children = uiText.messageDeleted }: { children?: string | undefined }) {
  return (
    <p className="flex items-center gap-1.5 text-sm leading-md text-ink-3">
      <Ban size={14} aria-hidden />
      {children}
    </p>
  );
}

/** What stands in place of the message of somebody whom the reader blocked. */
export function BlockedText({
  onShow,
  focusable = false,
}: {
  onShow: () => void;
  focusable?: boolean | undefined;
}) {
  return (
    <p className="flex flex-wrap items-center gap-x-1.5 text-sm leading-md text-ink-3">
      <EyeOff size={14} aria-hidden />
      {uiText.messageOfBlocked}
      <button
        type="button"
        tabIndex={focusable ? 0 : -1}
        onClick={onShow}
        className="min-h-6 rounded-sm px-1 font-medium text-ink-2 underline decoration-1 underline-offset-3 hover:text-ink pointer-coarse:min-h-9"
      >
        {uiText.show}
      </button>
    </p>
  );
}
