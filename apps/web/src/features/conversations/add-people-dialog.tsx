'use client';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { limits, type User } from '@confab/contract';
import { Button, Dialog, FormError, uiText } from '@confab/ui';
import { failureText } from '../../lib/failure-text.ts';
import { text } from '../../lib/text.ts';
import { PeoplePicker } from '../people/people-picker.tsx';
import { useSession } from '../shell/use-session.ts';
import { conversationName } from './use-conversation-avatar.ts';
import { useMembers, useRefreshMembers } from './use-members.ts';
import type { ConversationInfo } from './use-conversation.ts';

/** Brings people into a group or room. */
export function AddPeopleDialog({
  conversation,
  onClose,
}: {
  conversation: ConversationInfo;
  onClose: () => void;
}) {
  const { client } = useSession();
  const refreshMembers = useRefreshMembers(conversation.id);
  const { ids } = useMembers(conversation);
  const members = useMemo(() => new Set(ids), [ids]);
  const [picked, setPicked] = useState<readonly User[]>([]);
  const conversationId = conversation.id;
  const add = useMutation({
    mutationFn: async (people: readonly User[]) => {
      for (const [index, { id: userId }] of people.entries()) {
        await client.members.add.mutate({ conversationId, userId });
        // Whoever is in stays in, should the next one be refused.
        setPicked(people.slice(index + 1));
      }
    },
    onSuccess: onClose,
    onSettled: refreshMembers,
  });
  const free = conversation.kind === 'group' ? limits.groupMembersMax - conversation.memberCount : Infinity;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={text.conversation.addTitle(conversationName(conversation))}
      onSubmit={() => {
        if (picked.length > 0 && !add.isPending) add.mutate(picked);
      }}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {uiText.cancel}
          </Button>
          <Button variant="primary" type="submit" disabled={picked.length === 0} busy={add.isPending}>
            {text.conversation.add}
          </Button>
        </>
      }
    >
      <FormError>{add.error && failureText(add.error)}</FormError>
      <PeoplePicker picked={picked} onChange={setPicked} excluded={members} max={free} />
    </Dialog>
  );
}
