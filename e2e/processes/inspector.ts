import { once } from 'node:events';
import { WebSocket } from 'ws';

const answerMaxMs = 60_000;

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** A session with the inspector of another Node process (Chrome DevTools Protocol). */
export class Inspector {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #next = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const answer = JSON.parse(data.toString()) as Answer;
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
    });
  }

  /** @throws Error when nothing listens there */
  static async open(url: string): Promise<Inspector> {
    // What a profile says may be longer than what ws takes by default.
    const socket = new WebSocket(url, { maxPayload: 0, perMessageDeflate: false });
    await once(socket, 'open');
    return new Inspector(socket);
  }

  /** @throws Error when the process refuses, or does not answer within a minute */
  async call<Result>(method: string, params: object = {}): Promise<Result> {
    const id = (this.#next += 1);
    const answer = await new Promise<Answer>((resolve, reject) => {
      const late = setTimeout(() => {
        reject(new Error(`${method} was not answered`));
      }, answerMaxMs);
      this.#waiting.set(id, (found) => {
        clearTimeout(late);
        resolve(found);
      });
      this.#socket.send(JSON.stringify({ id, method, params }));
    }).finally(() => this.#waiting.delete(id));
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result as Result;
  }

  close(): void {
    this.#socket.close();
  }
}
