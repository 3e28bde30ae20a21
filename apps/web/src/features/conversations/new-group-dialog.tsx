'use client';
import { useState } from 'react';
import { limits, type User } from '@confab/contract';
import { Button, Dialog, FormError, TextField, uiText } from '@confab/ui';
import { failureText } from '../../lib/failure-text.ts';
import { text } from '../../lib/text.ts';
import { useCall } from '../../lib/use-call.ts';
import { useClientId } from '../../lib/use-client-id.ts';
import { PeoplePicker } from '../people/people-picker.tsx';
import { useEnterConversation } from './use-enter-conversation.ts';

export interface NewGroupDialogProps {
  onClose: () => void;
  /** Who is picked already. */
  people?: readonly User[];
}

/** A group of a name and people. Opens it once it is made. */
export function NewGroupDialog({ onClose, people = [] }: NewGroupDialogProps) {
  const enter = useEnterConversation();
  const [name, setName] = useState('');
  const [picked, setPicked] = useState(people);
  const userIds = picked.map(({ id }) => id);
  // One group, however often the button is pressed or the answer gets lost.
  const clientId = useClientId(name, userIds);
  const [problem, setProblem] = useState<string>();
  const create = useCall((client) => client.conversations.createGroup, {
    onSuccess: async (group) => {
      // First: a dialog that closes gives the focus back, and the composer is to have it.
      onClose();
      await enter(group);
    },
  });
  const nameMissing = problem === text.group.nameMissing;

  function submit() {
    const found =
      name.trim() === ''
        ? text.group.nameMissing
        : picked.length === 0
          ? text.group.peopleMissing
          : undefined;
    setProblem(found);
    if (found === undefined && !create.isPending) create.mutate({ clientId, name, userIds });
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={text.newGroup}
      onSubmit={submit}
      footnote={picked.length === 0 ? text.group.none : text.group.chosen(picked.length)}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {uiText.cancel}
          </Button>
          <Button variant="primary" type="submit" busy={create.isPending}>
            {text.group.create}
          </Button>
        </>
      }
    >
      <FormError>{create.error ? failureText(create.error) : !nameMissing && problem}</FormError>
      <TextField
        label={text.group.name}
        value={name}
        maxLength={limits.conversationNameLengthMax}
        autoComplete="off"
        error={nameMissing && problem}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <PeoplePicker picked={picked} onChange={setPicked} max={limits.groupMembersMax - 1} />
    </Dialog>
  );
}
