'use client';
import type { ReactNode } from 'react';
import { Avatar, type AvatarOf } from './avatar.tsx';
import { Button } from './button.tsx';
import { uiText } from './text.ts';

export interface EmptyStateProps {
  title: string;
  /** One sentence: why it is empty, or what to do. */
  text?: ReactNode;
  /** What to do next: buttons. */
  actions?: ReactNode;
  /**
   * `pane` fills a part of a page (default). `main` fills the main pane and its title is the page's heading. `page` is the
   * whole page, outside the shell (not found).
   */
  as?: 'pane' | 'main' | 'page' | undefined;
}

/** Nothing here, and what to do about it, in the middle of its pane. */
export function EmptyState({ title, text, actions, as = 'pane' }: EmptyStateProps) {
  const Heading = as === 'pane' ? 'h2' : 'h1';
  const Frame = as === 'page' ? 'main' : 'div';
  return (
    <Frame className={as === 'page' ? 'grid min-h-dvh' : 'grid min-h-0 flex-1'}>
      <div className="m-auto grid max-w-90 justify-items-center p-6 text-center">
        <Heading className="mb-1 text-lg font-bold tracking-[-0.012em]">{title}</Heading>
        {text && <p className="wrap-anywhere text-balance text-ink-2">{text}</p>}
        {actions && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
      </div>
    </Frame>
  );
}

export interface ErrorStateProps {
  title?: string | undefined;
  /** What went wrong, as a sentence. */
  text?: ReactNode;
  onRetry: () => void;
  busy?: boolean | undefined;
}

/** Something did not load: says what, offers Retry. */
export function ErrorState({ title = uiText.somethingWrong, text, onRetry, busy }: ErrorStateProps) {
  return (
    <div role="alert" className="grid min-h-0 flex-1">
      <EmptyState
        title={title}
        text={text}
        actions={
          <Button onClick={onRetry} busy={busy}>
            {uiText.retry}
          </Button>
        }
      />
    </div>
  );
}

/** The same in one line, inside a list: "Earlier messages did not load." */
export function ErrorLine({
  text,
  onRetry,
  busy,
}: {
  text: string;
  onRetry: () => void;
  busy?: boolean | undefined;
}) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-sm text-ink-2">
      {text}
      <Button size="sm" onClick={onRetry} busy={busy}>
        {uiText.retry}
      </Button>
    </div>
  );
}

/** The beginning of a conversation: who it is with and who can read it. Stands first in the `MessageColumn`. */
export function ConversationStart({ avatar, text }: { avatar: AvatarOf; text: string }) {
  return (
    <div className="px-3 pt-6 pb-4">
      <Avatar {...avatar} size={72} />
      <h2 className="mt-4 text-xl font-bold tracking-[-0.015em] wrap-anywhere">
        <bdi>{avatar.name}</bdi>
      </h2>
      <p className="max-w-[46ch] wrap-anywhere text-ink-2">{text}</p>
    </div>
  );
}
