'use client';
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { isVisible, limits, withoutControls } from '@confab/contract';
import { Composer, EditingBar } from '@confab/ui';
import { lazy } from '../../lib/lazy.tsx';
import { text } from '../../lib/text.ts';
import { useStore } from '../../lib/use-store.ts';
import { conversationName } from '../conversations/use-conversation-avatar.ts';
import type { ConversationInfo } from '../conversations/use-conversation.ts';
import { useSession } from '../shell/use-session.ts';
import { takesFocusOnOpen } from './composer-focus.ts';
import { lastOwnMessage } from './last-own-message.ts';
import { tidyText } from './tidy-text.ts';
import { useObstacle } from './use-obstacle.ts';
import { useSlowMode } from './use-slow-mode.ts';

const ObstacleNote = lazy(async () => (await import('./obstacle-note.tsx')).ObstacleNote);

/** The composer of a conversation, or why one cannot write there. */
export function MessageComposer({ conversation }: { conversation: ConversationInfo }) {
  const obstacle = useObstacle(conversation);
  if (obstacle) return <ObstacleNote obstacle={obstacle} />;
  return <WritingComposer conversation={conversation} />;
}

/** Writes into a conversation, or changes a message of it. What is not sent stays as its draft. */
function WritingComposer({ conversation }: { conversation: ConversationInfo }) {
  const wait = useSlowMode(conversation);
  const { sync, drafts, edits, typing, account } = useSession();
  const { id } = conversation;
  const draft = useStore(useMemo(() => drafts.at(id), [drafts, id])) ?? '';
  const edit = useStore(useMemo(() => edits.at(id), [edits, id]));
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (takesFocusOnOpen(id)) field.current?.focus();
  }, [id]);
  const editedId = edit?.messageId;
  useEffect(() => {
    if (editedId !== undefined) field.current?.focus();
  }, [editedId]);

  const stopEditing = () => {
    edits.delete(id);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && edit) {
      event.preventDefault();
      stopEditing();
    }
    if (event.key === 'ArrowUp' && !edit && draft === '') {
      const last = lastOwnMessage(sync.timeline(id).get(), account.id);
      if (!last) return;
      event.preventDefault();
      edits.begin(id, last.id, last.text);
    }
  };
  const shown = edit?.text ?? draft;
  const save = (messageId: string, before: string, written: string) => {
    stopEditing();
    if (written !== before) sync.edit(id, messageId, written);
  };
  return (
    <Composer
      label={edit ? text.message.editing : text.conversation.messageTo(conversationName(conversation))}
      inputRef={field}
      value={shown}
      blank={!isVisible(shown)}
      maxLength={limits.textLengthMax}
      wait={wait}
      above={edit && <EditingBar text={edit.before} onCancel={stopEditing} />}
      onKeyDown={onKeyDown}
      onChange={(written) => {
        const value = withoutControls(written);
        if (edit) edits.set(id, { ...edit, text: value });
        else drafts.write(id, value);
        if (!edit && value !== '') typing.write(id);
      }}
      onSend={() => {
        if (edit) {
          save(edit.messageId, edit.before, tidyText(edit.text));
        } else {
          drafts.write(id, '');
          typing.sent(id);
          sync.send(id, tidyText(draft));
        }
      }}
    />
  );
}
