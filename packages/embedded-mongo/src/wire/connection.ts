import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Doc } from '../bson/value.ts';
import type { CommandContext } from '../commands/command.ts';
import { ConnectionClosed, errorReply, runCommand } from '../commands/run-command.ts';
import { StoreError } from '../errors/store-error.ts';
import { encodeReply, frameLength, parseRequest, ProtocolError, type Request } from './message.ts';

/** One client: its requests run one after another, in order. */
export class Connection {
  readonly #socket: Socket;
  readonly #context: CommandContext;
  #closing = false;
  #busy = false;
  readonly done: Promise<void>;

  constructor(socket: Socket, context: CommandContext) {
    this.#socket = socket;
    this.#context = context;
    socket.setNoDelay(true);
    // What a socket reports is also the end of its stream; serve() ends with it.
    socket.on('error', () => socket.destroy());
    this.done = this.#serve();
  }

  /** Ends after the request in progress. */
  close(): void {
    this.#closing = true;
    if (!this.#busy) this.#socket.destroy();
  }

  async #serve(): Promise<void> {
    try {
      for await (const frame of frames(this.#socket)) {
        this.#busy = true;
        await this.#answer(parseRequest(frame));
        this.#busy = false;
        if (this.#closing) break;
      }
    } catch (error) {
      this.#report(error);
    } finally {
      this.#socket.destroy();
    }
  }

  #report(error: unknown): void {
    if (error instanceof ConnectionClosed) return;
    if (error instanceof ProtocolError) {
      this.#context.store.log({ level: 'warn', msg: 'bad frame, connection closed', reason: error.message });
      return;
    }
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (
      ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED', 'ABORT_ERR'].includes(
        code,
      )
    )
      return;
    this.#context.store.log({
      level: 'error',
      msg: 'connection failed',
      stack: error instanceof Error ? error.stack : String(error),
    });
  }

  async #answer(request: Request): Promise<void> {
    const reply = request.legacy
      ? await this.#greet(request.command)
      : await runCommand(this.#context, request.command);
    if (!request.wantsReply) return;
    if (!this.#socket.write(encodeReply(request, reply)) && !this.#socket.destroyed) {
      await Promise.race([once(this.#socket, 'drain'), once(this.#socket, 'close')]);
    }
  }

  /** OP_QUERY is understood for the greeting alone, as in MongoDB since 5.1. */
  #greet(command: Doc): Promise<Doc> {
    const [name = ''] = command.keys();
    if (name === 'hello' || name === 'isMaster' || name === 'ismaster')
      return runCommand(this.#context, command);
    return Promise.resolve(
      errorReply(
        this.#context,
        name,
        new StoreError(
          352,
          `Unsupported OP_QUERY command: ${name}. The client driver may require an upgrade.`,
        ),
      ),
    );
  }
}

async function* frames(socket: Socket): AsyncGenerator<Buffer, void, void> {
  let chunks: Buffer[] = [];
  let held = 0;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    held += chunk.length;
    for (;;) {
      const [first] = chunks;
      if (first === undefined) break;
      if (first.length < 4 && chunks.length > 1) chunks = [Buffer.concat(chunks)];
      const length = frameLength(chunks[0] ?? first);
      if (length === undefined || held < length) break;
      const whole = chunks.length === 1 ? (chunks[0] ?? first) : Buffer.concat(chunks);
      yield whole.subarray(0, length);
      held -= length;
      chunks = held > 0 ? [whole.subarray(length)] : [];
    }
  }
}
