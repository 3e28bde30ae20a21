'use client';
import { useState } from 'react';
import { limits, type ReportReason } from '@confab/contract';
import { Button, Choices, Dialog, FormError, TextAreaField, uiText } from '@confab/ui';
import { failureText } from '../../lib/failure-text.ts';
import { useCall } from '../../lib/use-call.ts';
import { useNotifications } from '../shell/toasts-provider.tsx';
import type { MessageDialogProps } from './message-dialogs.tsx';
import { messageWords } from './message-words.ts';

const reasons = (['spam', 'abuse', 'illegal', 'other'] as const).map((value) => ({
  value,
  label: messageWords.reasons[value],
}));

/** Tells the administrators of a message. */
export function ReportDialog({ entry, conversation, onClose }: MessageDialogProps) {
  const { notify } = useNotifications();
  const [reason, setReason] = useState<ReportReason | null>(null);
  const [note, setNote] = useState('');
  const [incomplete, setIncomplete] = useState(false);
  const report = useCall((client) => client.messages.report, {
    onSuccess: () => {
      onClose();
      notify(messageWords.reported);
    },
  });
  function submit() {
    setIncomplete(reason === null);
    if (reason === null || report.isPending) return;
    report.mutate({ conversationId: conversation.id, messageId: entry.id, reason, note });
  }
  const problem = report.error ? failureText(report.error) : incomplete && messageWords.reasonMissing;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={messageWords.reportTitle}
      description={messageWords.reportText}
      onSubmit={submit}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {uiText.cancel}
          </Button>
          <Button variant="primary" type="submit" busy={report.isPending}>
            {messageWords.reportConfirm}
          </Button>
        </>
      }
    >
      <FormError>{problem}</FormError>
      <Choices
        label={messageWords.reportReason}
        value={reason}
        options={reasons}
        onChange={(chosen) => {
          setReason(chosen);
          setIncomplete(false);
        }}
      />
      <TextAreaField
        label={messageWords.reportNote}
        value={note}
        maxLength={limits.reportNoteLengthMax}
        onChange={(event) => {
          setNote(event.target.value);
        }}
      />
    </Dialog>
  );
}
