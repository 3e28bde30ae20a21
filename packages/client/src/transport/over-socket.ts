import type { Operation } from '@trpc/client';
import { isLeaving } from './http-link.ts';

const socketCalls: ReadonlySet<string> = new Set([
  'messages.send',
  'messages.edit',
  'messages.delete',
  'messages.react',
  'conversations.mark',
  'live.noteTyping',
]);

/** Which calls go over the socket: what people wait for, and what is live. Everything else goes over HTTP, in batches. */
export function overSocket(call: Pick<Operation, 'type' | 'path' | 'context'>): boolean {
  return call.type === 'subscription' || (socketCalls.has(call.path) && !isLeaving(call));
}
