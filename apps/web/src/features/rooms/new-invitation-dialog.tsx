'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, Dialog, FormError, SelectField, uiText } from '@confab/ui';
import { failureText } from '../../lib/failure-text.ts';
import { useClientId } from '../../lib/use-client-id.ts';
import { roomText } from './room-text.ts';
import { useCopyLink } from './use-copy-link.ts';
import type { Invitations } from './use-invitations.ts';

type Hours = keyof typeof roomText.expiresIn;
type Uses = keyof typeof roomText.usesMax;
const hours = (['1', '24', '168', '720', 'never'] as const).map((value) => ({
  value,
  label: roomText.expiresIn[value],
}));
const uses = (['1', '10', '100', 'any'] as const).map((value) => ({ value, label: roomText.usesMax[value] }));

export interface NewInvitationDialogProps {
  onCreate: Invitations['create'];
  onClose: () => void;
}

/** For how long a link is valid, and for how many. It is copied as soon as it is made. */
export function NewInvitationDialog({ onCreate, onClose }: NewInvitationDialogProps) {
  const [expires, setExpires] = useState<Hours>('168');
  const [lets, setLets] = useState<Uses>('any');
  // One link, however often the button is pressed or the answer gets lost.
  const clientId = useClientId(expires, lets);
  const copy = useCopyLink();
  const create = useMutation({
    mutationFn: () =>
      onCreate({
        clientId,
        expiresInHours: expires === 'never' ? null : Number(expires),
        usesMax: lets === 'any' ? null : Number(lets),
      }),
    onSuccess: async (invitation) => {
      await copy(invitation);
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="confirm"
      title={roomText.newInvitation}
      onSubmit={() => {
        if (!create.isPending) create.mutate();
      }}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {uiText.cancel}
          </Button>
          <Button variant="primary" type="submit" busy={create.isPending}>
            {roomText.create}
          </Button>
        </>
      }
    >
      <div className="grid gap-4 pt-2">
        <FormError>{create.error && failureText(create.error)}</FormError>
        <SelectField label={roomText.expires} value={expires} onChange={setExpires} options={hours} />
        <SelectField label={roomText.uses} value={lets} onChange={setLets} options={uses} />
      </div>
    </Dialog>
  );
}
