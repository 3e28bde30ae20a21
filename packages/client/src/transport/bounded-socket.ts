import { framesOf } from './frames.ts';
import { retryAfterOf } from './retry-after-of.ts';

interface SocketListeners {
  /** A socket has said its first word. */
  readonly onHeard: () => void;
  /** It was closed by a server that said when to come back. */
  readonly onAskedToWait: (retryAfterMs: number) => void;
}

/** A WebSocket class whose frames the server takes. */
export function boundedSocket(
  Base: typeof globalThis.WebSocket,
  { onHeard, onAskedToWait }: SocketListeners,
): typeof globalThis.WebSocket {
  return class BoundedSocket extends Base {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', onHeard, { once: true });
      this.addEventListener('close', ({ reason }) => {
        const retryAfterMs = retryAfterOf(reason);
        if (retryAfterMs !== null) onAskedToWait(retryAfterMs);
      });
    }

    override send(data: Parameters<WebSocket['send']>[0]): void {
      for (const frame of typeof data === 'string' ? framesOf(data) : [data]) super.send(frame);
    }
  };
}
