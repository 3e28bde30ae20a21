import type { Operation } from '@trpc/client';

const socketCalls: ReadonlySet<string> = new Set([
  'messages.send',
  'messages.edit',
  'messages.delete',
  'messages.react',
  'conversations.mark',
  'live.noteTyping',
]);

/** Which calls go over the socket: what people wait for, and what is live. Everything else goes over HTTP, in batches. */
export function overSocket({ type, path }: Pick<Operation, 'type' | 'path'>): boolean {
  return type === 'subscription' || socketCalls.has(path);
}
