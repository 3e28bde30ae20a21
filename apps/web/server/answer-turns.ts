import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

type Exchange = readonly [request: IncomingMessage, response: ServerResponse];

interface Line {
  /** Of the request that is being answered. */
  current: ServerResponse | null;
  readonly waiting: Exchange[];
}

export interface AnswerTurnsOptions {
  readonly answer: (...exchange: Exchange) => void;
  /** Requests of one connection that may wait. */
  readonly waitingMax: number;
  /** Told before a connection is closed for sending too many requests ahead of its answers. */
  readonly onFlood: (socket: Socket) => void;
}

/**
 * Answers the requests of one connection one after the other: the next one begins when the answer before it has left.
 * Node begins with all of them at once, so that one unread connection would hold as many answers as it asked for.
 */
export class AnswerTurns {
  readonly #options: AnswerTurnsOptions;
  readonly #lines = new WeakMap<object, Line>();

  constructor(options: AnswerTurnsOptions) {
    this.#options = options;
  }

  take(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const line = this.#lines.get(socket) ?? { current: null, waiting: [] };
    this.#lines.set(socket, line);
    if (socket.destroyed) return;
    if (line.current === null) {
      this.#begin(line, [request, response]);
    } else if (line.waiting.length < this.#options.waitingMax) {
      line.waiting.push([request, response]);
    } else {
      this.#options.onFlood(socket);
      line.waiting.length = 0;
      socket.destroy();
    }
  }

  /** The answer that is being made or sent on a connection. */
  current(socket: object): ServerResponse | null {
    return this.#lines.get(socket)?.current ?? null;
  }

  #begin(line: Line, [request, response]: Exchange): void {
    line.current = response;
    response.once('close', () => {
      line.current = null;
      const next = request.socket.destroyed ? undefined : line.waiting.shift();
      if (next) this.#begin(line, next);
      else line.waiting.length = 0;
    });
    this.#options.answer(request, response);
  }
}
