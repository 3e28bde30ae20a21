'use client';
import type { VisibleEntry } from '@confab/sync';
import { SystemLine } from '@confab/ui';
import { absoluteTime, timeOfDay } from '../../lib/dates.ts';
import { text } from '../../lib/text.ts';
import { useToday } from '../../lib/use-today.ts';
import { untilText } from '../conversations/until.ts';
import { useUser } from '../people/use-user.ts';
import { memberSentence, settingSentence } from './event-text.ts';

export interface SystemRowProps {
  entry: Exclude<VisibleEntry, { kind: 'message' }>;
  kind: 'direct' | 'group' | 'room';
}

interface Words {
  who: string;
  whom: string;
  today: string;
}

function sentence({ entry, kind }: SystemRowProps, { who, whom, today }: Words): string {
  const place = kind === 'room' ? 'room' : 'group';
  switch (entry.kind) {
    case 'created':
      return text.messages.created(who, place);
    case 'setting':
      return settingSentence(entry, who, place);
    case 'member': {
      const until = entry.until === undefined ? '' : untilText(entry.until, today);
      return memberSentence(entry.change, { who, whom, until });
    }
  }
}

/** Something that happened here: who came, who went, what was set. */
export function SystemRow({ entry, kind }: SystemRowProps) {
  const who = useUser(entry.senderId)?.name ?? text.messages.somebody;
  const whom =
    useUser(entry.kind === 'member' ? entry.userId : entry.senderId)?.name ?? text.messages.somebody;
  const today = useToday();
  return (
    <SystemLine>
      {sentence({ entry, kind }, { who, whom, today })},{' '}
      <time dateTime={entry.createdAt} title={absoluteTime(entry.createdAt)}>
        {timeOfDay(entry.createdAt)}
      </time>
    </SystemLine>
  );
}
