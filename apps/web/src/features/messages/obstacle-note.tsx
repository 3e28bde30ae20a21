'use client';
import { Ban, Lock } from 'lucide-react';
import { Button, ComposerBlocked } from '@confab/ui';
import { useToday } from '../../lib/use-today.ts';
import { untilText } from '../conversations/until.ts';
import { peopleText } from '../people/people-text.ts';
import { useUnblock } from '../people/use-blocked.ts';
import { messageWords } from './message-words.ts';
import type { Obstacle } from './use-obstacle.ts';

/** In the composer's place: why one cannot write here, and the way out. */
export function ObstacleNote({ obstacle }: { obstacle: Obstacle }) {
  const unblock = useUnblock();
  const today = useToday();
  if (obstacle.kind === 'silenced') {
    return (
      <ComposerBlocked icon={<Lock size={18} aria-hidden />}>
        {messageWords.silenced(untilText(obstacle.until, today))}
      </ComposerBlocked>
    );
  }
  const { peer } = obstacle;
  return (
    <ComposerBlocked
      icon={<Ban size={18} aria-hidden />}
      action={
        <Button
          onClick={() => {
            unblock(peer.id);
          }}
        >
          {peopleText.unblock}
        </Button>
      }
    >
      {peopleText.youBlocked(peer.name)}
    </ComposerBlocked>
  );
}
