'use client';
import type { VisibleEntry } from '@confab/sync';
import { SystemLine } from '@confab/ui';
import { absoluteTime, timeOfDay } from '../../lib/dates.ts';
import { text } from '../../lib/text.ts';
import { useUser } from '../people/use-user.ts';

export interface SystemRowProps {
  entry: Exclude<VisibleEntry, { kind: 'message' }>;
  kind: 'direct' | 'group' | 'room';
}

function sentence(
  entry: SystemRowProps['entry'],
  who: string,
  whom: string,
  kind: SystemRowProps['kind'],
): string {
  if (entry.kind === 'created') return text.messages.created(who, kind === 'room' ? 'room' : 'group');
  switch (entry.change) {
    case 'joined':
      return text.messages.joined(whom);
    case 'left':
      return text.messages.left(whom);
    case 'added':
      return text.messages.added(who, whom);
    case 'removed':
      return text.messages.removed(who, whom);
    case 'banned':
      return text.messages.banned(who, whom);
  }
}

/** Something that happened here: who came, who went. */
export function SystemRow({ entry, kind }: SystemRowProps) {
  const who = useUser(entry.senderId)?.name ?? text.messages.somebody;
  const whom =
    useUser(entry.kind === 'member' ? entry.userId : entry.senderId)?.name ?? text.messages.somebody;
  return (
    <SystemLine>
      {sentence(entry, who, whom, kind)},{' '}
      <time dateTime={entry.createdAt} title={absoluteTime(entry.createdAt)}>
        {timeOfDay(entry.createdAt)}
      </time>
    </SystemLine>
  );
}
