'use client';
import { Ban } from 'lucide-react';
import { useState } from 'react';
import type { User } from '@confab/contract';
import { Button } from '@confab/ui';
import { lazy } from '../../lib/lazy.tsx';
import { peopleText } from './people-text.ts';
import { useBlocked, useUnblock } from './use-blocked.ts';

const BlockDialog = lazy(async () => (await import('./block-dialog.tsx')).BlockDialog);

/** Blocks somebody, after a question; or takes it back. */
export function BlockButton({ user }: { user: User }) {
  const blocked = useBlocked(user.id);
  const unblock = useUnblock();
  const [asking, setAsking] = useState(false);
  return (
    <>
      {blocked ? (
        <Button
          icon={<Ban size={16} aria-hidden />}
          onClick={() => {
            unblock(user.id);
          }}
        >
          {peopleText.unblock}
        </Button>
      ) : (
        <Button
          variant="danger-plain"
          icon={<Ban size={16} aria-hidden />}
          onClick={() => {
            setAsking(true);
          }}
        >
          {peopleText.block}
        </Button>
      )}
      {asking && (
        <BlockDialog
          user={user}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}
