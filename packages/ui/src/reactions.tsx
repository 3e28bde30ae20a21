'use client';
import { SmilePlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { EmojiMenu, type EmojiChoice } from './emoji-menu.tsx';
import { uiText } from './text.ts';
import { Tooltip } from './tooltip.tsx';

/** One emoji on a message, and how many put it there. */
export interface Reaction {
  emoji: string;
  count: number;
  /** One of them is oneself. */
  own: boolean;
  /** Who, in words; on hover and focus. */
  who: ReactNode;
}

export interface ReactionsProps {
  reactions: readonly Reaction[];
  /** What can be added behind the last one. */
  choices: readonly EmojiChoice[];
  /** Puts one's own reaction there, or takes it back; absent where one may not. */
  onToggle: ((emoji: string, on: boolean) => void) | undefined;
  /** Whether Tab reaches them: in the row that has the list's focus. */
  focusable: boolean;
}

const chip =
  'inline-flex h-6 items-center gap-[5px] rounded-full border text-xs font-medium tabular-nums pointer-coarse:h-9';

/** Under a message's text: each emoji with its count, one's own in the accent; a press toggles one's own. */
export function Reactions({ reactions, choices, onToggle, focusable }: ReactionsProps) {
  const tabIndex = focusable ? 0 : -1;
  return (
    <div role="group" aria-label={uiText.reactions} className="mt-1 mb-0.5 flex flex-wrap gap-1">
      {reactions.map(({ emoji, count, own, who }) => (
        <Tooltip key={emoji} label={who} side="top">
          <button
            type="button"
            aria-pressed={own}
            aria-label={uiText.reaction(emoji, count)}
            tabIndex={tabIndex}
            aria-disabled={onToggle === undefined || undefined}
            onClick={() => {
              onToggle?.(emoji, !own);
            }}
            className={classNames(
              chip,
              'ps-[7px] pe-2 transition-colors pointer-coarse:px-3',
              own
                ? 'border-accent bg-accent-soft text-accent hover:bg-accent-soft-2'
                : 'border-transparent bg-well text-ink-2 hover:bg-well-2',
            )}
          >
            <span aria-hidden className="text-[14px] leading-none">
              {emoji}
            </span>
            {count.toLocaleString('en')}
          </button>
        </Tooltip>
      ))}
      {onToggle && (
        <EmojiMenu
          choices={choices}
          onChoose={onToggle}
          trigger={
            <button
              type="button"
              aria-label={uiText.addReaction}
              tabIndex={tabIndex}
              className={classNames(
                chip,
                'border-transparent bg-well px-[7px] text-ink-3 hover:bg-well-2 hover:text-ink pointer-coarse:px-3',
              )}
            >
              <SmilePlus size={14} aria-hidden />
            </button>
          }
        />
      )}
    </div>
  );
}
