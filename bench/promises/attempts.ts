import { type ErrorCode, isErrorCode, type SendMessageResult } from '@confab/contract';
import type { AppRouter } from '@confab/api';
import { pause } from '@confab/e2e/chaos/pause';
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import { type Account, type Client, connect } from '../send/crowd.ts';
import { headersOf, type World, wsUrl } from './world.ts';

export interface Message {
  readonly conversationId: string;
  readonly clientId: string;
  readonly text: string;
}

/** What became of one attempt to send. `wait`: the sender's limit; nothing was tried. */
export type Attempt =
  | { readonly kind: 'stored'; readonly id: string; readonly rev: number; readonly createdAt: number }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'refused'; readonly code: ErrorCode | null };

/** A process that a person's messages can go to. */
export interface Way {
  attempt(message: Message): Promise<Attempt>;
}

/** Four of five messages through the sockets, as most come; the others over HTTP. */
export function waysOf(
  world: World,
  { account }: { readonly account: Account },
): { ways: readonly [Way, ...Way[]]; sockets: readonly Client[] } {
  const sockets = world.ports.ws.map((port) => connect(wsUrl(port), world.origin, account));
  const headers = headersOf(world, account);
  const http = world.ports.web.map((port) => ({
    trpc: createTRPCClient<AppRouter>({
      links: [httpLink({ url: `http://127.0.0.1:${String(port)}/api/trpc`, headers })],
    }),
  }));
  const [one, two, three, four] = [...sockets, ...http].map(({ trpc }) => ({
    attempt: (message: Message) => outcomeOf(trpc.messages.send.mutate(message)),
  }));
  if (!one || !two || !three || !four) throw new RangeError('two processes of each kind are needed');
  return {
    ways: [one, two, one, two, one, two, one, two, three, four],
    sockets,
  };
}

/** Waits as long as it is told to, and tries again. */
export async function sendUntilAnswered(way: Way, message: Message): Promise<Attempt> {
  for (;;) {
    const answer = await way.attempt(message);
    if (answer.kind !== 'wait') return answer;
    await pause(answer.ms);
  }
}

async function outcomeOf(sending: Promise<Pick<SendMessageResult, 'entry'>>): Promise<Attempt> {
  try {
    const { entry } = await sending;
    if (entry.kind === 'void') return { kind: 'refused', code: null };
    return { kind: 'stored', id: entry.id, rev: entry.rev, createdAt: Date.parse(entry.createdAt) };
  } catch (error) {
    if (!(error instanceof TRPCClientError)) throw error;
    const details = (error as TRPCClientError<AppRouter>).data?.confab;
    if (details?.code === 'RATE_LIMITED') return { kind: 'wait', ms: details.retryAfterMs ?? 0 };
    return { kind: 'refused', code: isErrorCode(details?.code) ? details.code : null };
  }
}
