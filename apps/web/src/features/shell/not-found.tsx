'use client';
import { ButtonLink, EmptyState } from '@confab/ui';
import { text } from '../../lib/text.ts';

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <EmptyState
      as="page"
      title={text.notFound.title}
      text={text.notFound.hint}
      actions={<ButtonLink href="/chats">{text.conversation.backToChats}</ButtonLink>}
    />
  );
}
