'use client';
import { useState } from 'react';
import { limits, type Visibility } from '@confab/contract';
import { Button, Choices, Dialog, FormError, TextField, uiText } from '@confab/ui';
import { failureText } from '../../lib/failure-text.ts';
import { text } from '../../lib/text.ts';
import { useCall } from '../../lib/use-call.ts';
import { useClientId } from '../../lib/use-client-id.ts';
import { useEnterConversation } from '../conversations/use-enter-conversation.ts';
import { roomText } from './room-text.ts';
import { useRefreshRooms } from './use-rooms.ts';

const visibilities = (['public', 'private'] as const).map((value) => ({
  value,
  ...roomText.visibilities[value],
}));

/** A room of a name and a topic, open to everybody or by invitation. Opens it once it is made. */
export function NewRoomDialog({ onClose }: { onClose: () => void }) {
  const enter = useEnterConversation();
  const refreshRooms = useRefreshRooms();
  const [name, setName] = useState('');
  const [topic, setTopic] = useState('');
  const [visibility, setVisibility] = useState<Visibility>('public');
  // One room, however often the button is pressed or the answer gets lost.
  const clientId = useClientId(name, topic, visibility);
  const [nameMissing, setNameMissing] = useState(false);
  const create = useCall((client) => client.rooms.create, {
    onSuccess: async (room) => {
      // First: a dialog that closes gives the focus back, and the composer is to have it.
      onClose();
      await enter(room, 'rooms');
      refreshRooms();
    },
  });

  function submit() {
    setNameMissing(name.trim() === '');
    if (name.trim() !== '' && !create.isPending) create.mutate({ clientId, name, topic, visibility });
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={text.newRoom}
      onSubmit={submit}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {uiText.cancel}
          </Button>
          <Button variant="primary" type="submit" busy={create.isPending}>
            {text.room.create}
          </Button>
        </>
      }
    >
      <FormError>{create.error && failureText(create.error)}</FormError>
      <TextField
        label={text.room.name}
        value={name}
        maxLength={limits.conversationNameLengthMax}
        autoComplete="off"
        error={nameMissing && text.room.nameMissing}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <TextField
        label={text.room.topic}
        hint={text.room.topicHint}
        value={topic}
        maxLength={limits.topicLengthMax}
        autoComplete="off"
        onChange={(event) => {
          setTopic(event.target.value);
        }}
      />
      <Choices
        label={roomText.visibility}
        value={visibility}
        onChange={setVisibility}
        options={visibilities}
      />
    </Dialog>
  );
}
