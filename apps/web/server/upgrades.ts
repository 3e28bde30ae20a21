import { IncomingMessage } from 'node:http';

/** Whether a WebSocket is asked for (RFC 6455, section 4.1), and not, say, HTTP/2. */
export function asksForWebSocket({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';
}

/**
 * The class of requests of a server that upgrades those which `takes` accepts, and answers the others as if they had not
 * asked, as a server may (RFC 9110, section 7.8): Java's HttpClient and `curl --http2` offer HTTP/2 with whatever they
 * ask for. Where somebody listens for upgrades, Node before `shouldUpgradeCallback` takes every one; it learns from
 * `upgrade` whether a request is one, before it reads on.
 */
export function upgradingOnly(takes: (request: IncomingMessage) => boolean): typeof IncomingMessage {
  const asking = new WeakSet<IncomingMessage>();
  return class extends IncomingMessage {
    get upgrade(): boolean {
      return asking.has(this) && takes(this);
    }
    /** Said by Node when it has read the headers, and null before. */
    set upgrade(isAsked: boolean | null) {
      if (isAsked) asking.add(this);
      else asking.delete(this);
    }
  };
}
