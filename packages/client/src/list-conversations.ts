import type { Conversation, ConversationPage, LiveEvent } from '@confab/contract';
import type { Connected } from './follow.ts';
import type { Api } from './transport/api.ts';
import { Watch } from './watch.ts';

/**
 * The conversations of the signed-in, each one once, and then, live, each that they come into (a direct conversation
 * with its first message). One that they were seen to leave is told again when they come back. Ends by the signal and
 * with `close`. @throws ConfabError UNAUTHENTICATED
 */
export async function* listConversations(
  { api, live }: Connected,
  signal?: AbortSignal,
): AsyncGenerator<Conversation, void, undefined> {
  const told = new Set<string>();
  let isCurrent = false;
  using watch = new Watch(live, {
    signal,
    onEvent(event) {
      if (event.type === 'conversation.left') told.delete(event.conversationId);
      isCurrent &&= !mayChange(event, told);
    },
  });
  while (!watch.hasEnded()) {
    if (isCurrent) {
      await watch.changed();
      continue;
    }
    isCurrent = true;
    const conversations = (await watch.ask((asking) => readList(api, asking))) ?? [];
    for (const conversation of conversations) {
      if (watch.hasEnded()) break;
      if (told.has(conversation.id)) continue;
      told.add(conversation.id);
      yield conversation;
    }
  }
  if (live.ended?.code === 'UNAUTHENTICATED') throw live.ended;
}

function mayChange(event: LiveEvent, told: ReadonlySet<string>): boolean {
  switch (event.type) {
    case 'live.ready':
    case 'live.resync':
    case 'conversation.joined':
    case 'conversation.left':
      return true;
    // A direct conversation is in the list of the other person from its first message on.
    case 'entries.appended':
    case 'conversation.advanced':
      return !told.has(event.conversationId);
    default:
      return false;
  }
}

async function readList(api: Api, signal: AbortSignal): Promise<readonly Conversation[]> {
  const conversations: Conversation[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: ConversationPage = await api.conversations.list.query(
      cursor === undefined ? {} : { cursor },
      { signal },
    );
    conversations.push(...page.conversations);
    cursor = page.nextCursor;
  }
  return conversations;
}
