import type { LiveEvent } from '@confab/contract';
import { liveFeed, type LiveFeed } from '@confab/testkit';
import type { SocketClient } from './client.ts';

/** A client's durable events, over its socket. */
export function eventsOf({ trpc }: SocketClient): LiveFeed<LiveEvent> {
  return feedOf<LiveEvent>((handlers) => trpc.live.events.subscribe(undefined, handlers));
}

interface Handlers<T> {
  onData(event: T): void;
  onError(error: unknown): void;
  onComplete(): void;
}

export function feedOf<T>(subscribe: (handlers: Handlers<T>) => { unsubscribe(): void }): LiveFeed<T> {
  return liveFeed<T>((signal) => {
    const stream = new ReadableStream<T>({
      start(controller) {
        const subscription = subscribe({
          onData: (event) => {
            controller.enqueue(event);
          },
          onError: (error) => {
            controller.error(error);
          },
          // Unsubscribing completes it, and so does the server.
          onComplete: () => {
            controller.close();
          },
        });
        signal.addEventListener('abort', () => {
          subscription.unsubscribe();
        });
      },
    });
    return stream;
  });
}
