import { WebSocket } from 'ws';

/** A browser gives up on a handshake that is not answered, too. */
const handshakeMaxMs = 10_000;
/** As does a browser on a server that does not agree to a close. */
const closeMaxMs = 2_000;

/** A WebSocket class for Node, which has one of its own from version 22 on, and none that takes headers. */
export function nodeSocket(headers: Readonly<Record<string, string>> = {}): typeof globalThis.WebSocket {
  class NodeSocket extends WebSocket {
    constructor(address: string) {
      super(address, { headers, handshakeTimeout: handshakeMaxMs });
      // A failure is followed by `close`, which is acted upon; unheard, it would end the process.
      this.on('error', () => undefined);
    }

    override close(code?: number, reason?: string): void {
      super.close(code, reason);
      setTimeout(() => {
        this.terminate();
      }, closeMaxMs).unref();
    }
  }
  return NodeSocket as unknown as typeof globalThis.WebSocket;
}
