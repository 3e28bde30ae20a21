import type { LiveEvent } from '@confab/contract';
import type { LiveHandlers } from '@confab/sync';
import type { TRPCClient } from '@trpc/client';
import type { AppRouter } from '@confab/api';
import type { Random } from '../random.ts';

const againMinMs = 500;
const againMaxMs = 5_000;

/**
 * Keeps the durable subscription open, as the web app does: the socket's own reconnects carry it over, an end or a
 * refusal does not, so it is opened anew after a pause. Returns how to close it.
 */
export function keepSubscribed(
  client: TRPCClient<AppRouter>,
  handlers: LiveHandlers,
  random: Random,
): () => void {
  let flowing = false;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let current: { unsubscribe(): void } | undefined;

  const cut = () => {
    if (!flowing) return;
    flowing = false;
    handlers.onDisconnect();
  };
  const again = () => {
    cut();
    if (closed) return;
    clearTimeout(timer);
    timer = setTimeout(subscribe, random.whole(againMinMs, againMaxMs));
  };
  function subscribe() {
    current = client.live.events.subscribe(undefined, {
      onData(event: LiveEvent) {
        flowing = true;
        handlers.onEvent(event);
      },
      onError: again,
      onComplete: again,
      onConnectionStateChange({ state }) {
        if (state !== 'pending') cut();
      },
    });
  }

  subscribe();
  return () => {
    closed = true;
    clearTimeout(timer);
    current?.unsubscribe();
  };
}
