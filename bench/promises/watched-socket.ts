import { WebSocket } from 'ws';
import { answerPings } from './answer-pings.ts';

/** A socket subscribed to its durable events, and when what about one conversation came through it. */
export class WatchedSocket {
  /** Of the conversation's events; monotonic milliseconds. */
  readonly eventTimes: number[] = [];
  readonly #socket: WebSocket;
  #closedAt: number | null = null;
  #closeCode: number | null = null;
  #leftAt: number | null = null;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async open(
    url: string,
    headers: Record<string, string>,
    conversationId: string,
  ): Promise<WatchedSocket> {
    const socket = new WebSocket(url, { headers });
    const watched = new WatchedSocket(socket);
    answerPings(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.once('open', () => {
        socket.send(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'live.events' } }));
      });
      socket.on('message', (data: Buffer) => {
        const frame = data.toString('utf8');
        if (frame.includes('"live.ready"')) resolve();
        else watched.#note(frame, conversationId);
      });
    });
    socket.on('close', (code) => {
      watched.#closedAt = performance.now();
      watched.#closeCode = code;
    });
    return watched;
  }

  get events(): number {
    return this.eventTimes.length;
  }

  get closedAt(): number | null {
    return this.#closedAt;
  }

  get closeCode(): number | null {
    return this.#closeCode;
  }

  /** When it was told that the reader is no longer in the conversation. */
  get leftAt(): number | null {
    return this.#leftAt;
  }

  close(): void {
    this.#socket.terminate();
  }

  #note(frame: string, conversationId: string): void {
    if (!frame.includes(conversationId)) return;
    if (frame.includes('"conversation.left"')) this.#leftAt ??= performance.now();
    else if (frame.includes('"entries.appended"') || frame.includes('"conversation.advanced"'))
      this.eventTimes.push(performance.now());
  }
}
