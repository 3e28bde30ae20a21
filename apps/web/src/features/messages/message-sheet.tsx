'use client';
import { ActionSheet } from '@confab/ui';
import { text } from '../../lib/text.ts';
import type { MessageDialogProps } from './message-dialogs.tsx';
import { useMessageActions } from './use-message-actions.tsx';

/** What touch has instead of the toolbar. */
export function MessageSheet(props: MessageDialogProps) {
  const { choices, react, mayReact, items } = useMessageActions(props);
  return (
    <ActionSheet
      label={text.message.actions}
      about={
        <p dir="auto" className="line-clamp-2 wrap-anywhere">
          {props.entry.text}
        </p>
      }
      choices={mayReact ? choices : []}
      onChoose={react}
      items={items}
      onClose={props.onClose}
    />
  );
}
