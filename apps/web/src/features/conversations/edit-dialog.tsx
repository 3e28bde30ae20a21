'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { limits } from '@confab/contract';
import { Button, Dialog, FormError, TextField, uiText } from '@confab/ui';
import { failureText } from '../../lib/failure-text.ts';
import { useClientId } from '../../lib/use-client-id.ts';
import { detailsText } from './details-text.ts';
import type { ConversationInfo } from './use-conversation.ts';
import { useUpdateConversation } from './use-update-conversation.ts';

/** Changes the name and the topic of a group or room. */
export function EditDialog({
  conversation,
  onClose,
}: {
  conversation: ConversationInfo;
  onClose: () => void;
}) {
  const kind = conversation.kind === 'room' ? 'room' : 'group';
  const before = { name: conversation.name ?? '', topic: conversation.topic };
  const [name, setName] = useState(before.name);
  const [topic, setTopic] = useState(before.topic);
  const [nameMissing, setNameMissing] = useState(false);
  // One change, however often the button is pressed or the answer gets lost.
  const clientId = useClientId(name, topic);
  const update = useUpdateConversation(conversation.id);
  const save = useMutation({
    mutationFn: () =>
      update({
        clientId,
        ...(name.trim() !== before.name && { name }),
        ...(topic.trim() !== before.topic && { topic }),
      }),
    onSuccess: onClose,
  });

  function submit() {
    setNameMissing(name.trim() === '');
    if (name.trim() === '' || save.isPending) return;
    if (name.trim() === before.name && topic.trim() === before.topic) onClose();
    else save.mutate();
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={kind === 'room' ? detailsText.editRoom : detailsText.editGroup}
      onSubmit={submit}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {uiText.cancel}
          </Button>
          <Button variant="primary" type="submit" busy={save.isPending}>
            {uiText.save}
          </Button>
        </>
      }
    >
      <FormError>{save.error && failureText(save.error)}</FormError>
      <TextField
        label={detailsText.name}
        value={name}
        maxLength={limits.conversationNameLengthMax}
        autoComplete="off"
        error={nameMissing && detailsText.nameMissing[kind]}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <TextField
        label={detailsText.topic}
        hint={detailsText.topicHint}
        value={topic}
        maxLength={limits.topicLengthMax}
        autoComplete="off"
        onChange={(event) => {
          setTopic(event.target.value);
        }}
      />
    </Dialog>
  );
}
