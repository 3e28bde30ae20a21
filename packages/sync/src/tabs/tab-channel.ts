import { tabMessageVersion, type TabMessage } from './tab-message.ts';

/** What is used of a `BroadcastChannel`. */
export interface BroadcastLike {
  post(data: unknown): void;
  /** Hears what others post. */
  listen(listener: (data: unknown) => void): void;
  close(): void;
}

interface Envelope {
  readonly version: number;
  readonly message: TabMessage;
}

function isEnvelope(data: unknown): data is Envelope {
  return typeof data === 'object' && data !== null && 'version' in data && data.version === tabMessageVersion;
}

export function postTo(broadcast: BroadcastLike, message: TabMessage): void {
  broadcast.post({ version: tabMessageVersion, message } satisfies Envelope);
}

/** The way to the other tabs of this user; leads nowhere where the browser has none. */
export class TabChannel {
  readonly #open: (() => BroadcastLike) | undefined;
  readonly #listener: (message: TabMessage) => void;
  #broadcast: BroadcastLike | null = null;

  constructor(open: (() => BroadcastLike) | undefined, listener: (message: TabMessage) => void) {
    this.#open = open;
    this.#listener = listener;
  }

  start(): void {
    if (this.#broadcast !== null || this.#open === undefined) return;
    this.#broadcast = this.#open();
    // Only tabs of the same origin and program can post here: the envelope tells versions apart, nothing more.
    this.#broadcast.listen((data) => {
      if (isEnvelope(data)) this.#listener(data.message);
    });
  }

  post(message: TabMessage): void {
    if (this.#broadcast !== null) postTo(this.#broadcast, message);
  }

  stop(): void {
    this.#broadcast?.close();
    this.#broadcast = null;
  }
}
