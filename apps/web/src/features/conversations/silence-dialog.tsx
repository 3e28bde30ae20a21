'use client';
import { useState } from 'react';
import { Button, Choices, Dialog, uiText } from '@confab/ui';
import { useSession } from '../shell/use-session.ts';
import { detailsText } from './details-text.ts';
import type { MemberDialogProps } from './member-dialog.tsx';
import { useChangeMember } from './use-members.ts';

const minuteMs = 60_000;
type Minutes = keyof typeof detailsText.silences;
const options = (['10', '60', '1440', '10080'] as const).map((value) => ({
  value,
  label: detailsText.silences[value],
}));

/** For how long a member is kept from writing. */
export function SilenceDialog({ conversation, user, onClose }: Omit<MemberDialogProps, 'kind'>) {
  const { client } = useSession();
  const change = useChangeMember(conversation.id);
  const [chosen, setChosen] = useState<Minutes>('60');
  function submit() {
    const minutes = Number(chosen);
    onClose();
    change({
      userId: user.id,
      patch: { silencedUntil: new Date(Date.now() + minutes * minuteMs).toISOString() },
      call: () =>
        client.members.silence.mutate({ conversationId: conversation.id, userId: user.id, minutes }),
    });
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="confirm"
      title={detailsText.silenceTitle(user.name)}
      description={detailsText.silenceText(user.name)}
      onSubmit={submit}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {uiText.cancel}
          </Button>
          <Button variant="primary" type="submit">
            {detailsText.silenceConfirm}
          </Button>
        </>
      }
    >
      <Choices
        label={detailsText.silenceHow}
        hideLabel
        value={chosen}
        onChange={setChosen}
        options={options}
      />
    </Dialog>
  );
}
