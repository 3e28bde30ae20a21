'use client';
import { useState } from 'react';
import { limits, newClientId, type UpdateConversationInput } from '@confab/contract';
import { Section, SelectField, SwitchRow } from '@confab/ui';
import { useNotifications } from '../shell/toasts-provider.tsx';
import { detailsText } from './details-text.ts';
import type { ConversationInfo } from './use-conversation.ts';
import { useUpdateConversation } from './use-update-conversation.ts';

const slowModes = limits.slowModeSeconds.map((seconds) => ({
  value: String(seconds),
  label: seconds === 0 ? detailsText.slowModeOff : detailsText.slowModeEvery(seconds),
}));

type Wanted = Pick<UpdateConversationInput, 'slowModeSeconds' | 'newMembersSeeHistory'>;

/** What owner and moderators set: each takes effect at once, and goes back with a toast when it is refused. */
export function SettingsSection({ conversation }: { conversation: ConversationInfo }) {
  const { notifyFailure } = useNotifications();
  const update = useUpdateConversation(conversation.id);
  // What was chosen, until this page holds it; of two choices in a row, the later one counts.
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const change = (next: Wanted) => {
    setWanted(next);
    update({ ...next, clientId: newClientId() })
      .catch(notifyFailure)
      .finally(() => {
        setWanted((current) => (current === next ? null : current));
      });
  };
  const slowModeSeconds = wanted?.slowModeSeconds ?? conversation.slowModeSeconds;
  const newMembersSeeHistory = wanted?.newMembersSeeHistory ?? conversation.newMembersSeeHistory;
  if (conversation.kind === 'room') {
    return (
      <SelectField
        label={detailsText.slowMode}
        hint={detailsText.slowModeHint}
        value={String(slowModeSeconds)}
        options={slowModes}
        onChange={(value) => {
          const chosen = limits.slowModeSeconds.find((seconds) => String(seconds) === value);
          if (chosen !== undefined) change({ slowModeSeconds: chosen });
        }}
      />
    );
  }
  return (
    <Section title={detailsText.settings}>
      <SwitchRow
        label={detailsText.history}
        detail={newMembersSeeHistory ? detailsText.historyOn : detailsText.historyOff}
        checked={newMembersSeeHistory}
        onChange={(on) => {
          change({ newMembersSeeHistory: on });
        }}
      />
    </Section>
  );
}
