const againMinMs = 500;
const againMaxMs = 5_000;

interface Observer<Event> {
  onData(event: Event): void;
  onError(error: unknown): void;
  onComplete(): void;
  onConnectionStateChange(state: { readonly state: 'idle' | 'connecting' | 'pending' }): void;
}

export interface KeptSubscription<Event> {
  readonly open: (observer: Observer<Event>) => { unsubscribe(): void };
  readonly onEvent: (event: Event) => void;
  /** Events stopped coming; the next one says that they are back. */
  readonly onCut: () => void;
  /** At least 0, below 1; tests bring their own. */
  readonly random?: () => number;
}

/**
 * Keeps a subscription open. The socket's own reconnects carry it over; an end or a refusal by the server does not, so
 * it is opened anew after a jittered pause. Returns how to close it.
 */
export function keepSubscribed<Event>({
  open,
  onEvent,
  onCut,
  random = Math.random,
}: KeptSubscription<Event>): () => void {
  let flowing = false;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: { unsubscribe(): void } | undefined;

  const cut = () => {
    if (!flowing) return;
    flowing = false;
    onCut();
  };
  const again = () => {
    cut();
    if (closed) return;
    clearTimeout(timer);
    timer = setTimeout(subscribe, againMinMs + random() * (againMaxMs - againMinMs));
  };
  function subscribe() {
    current = open({
      onData(event) {
        flowing = true;
        onEvent(event);
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
