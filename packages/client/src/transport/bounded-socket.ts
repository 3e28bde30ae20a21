import { framesOf } from './frames.ts';

/** A WebSocket class whose frames the server takes. `onHeard`: a socket has said its first word. */
export function boundedSocket(
  Base: typeof globalThis.WebSocket,
  onHeard: () => void,
): typeof globalThis.WebSocket {
  return class BoundedSocket extends Base {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', onHeard, { once: true });
    }

    override send(data: Parameters<WebSocket['send']>[0]): void {
      for (const frame of typeof data === 'string' ? framesOf(data) : [data]) super.send(frame);
    }
  };
}
