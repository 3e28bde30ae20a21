import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Stands before one process. Once armed it ends the connection instead of passing on what the process says next. */
export class AnswerCutter {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  #armed = false;
  #cuts = 0;

  private constructor(port: number) {
    this.#server = createServer((client) => {
      this.#join(client, connect({ port, host: '127.0.0.1', noDelay: true }));
    });
  }

  static async open(port: number): Promise<AnswerCutter> {
    const cutter = new AnswerCutter(port);
    cutter.#server.listen(0, '127.0.0.1');
    await once(cutter.#server, 'listening');
    return cutter;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Returns whether it has cut since. */
  arm(): () => boolean {
    this.#armed = true;
    const before = this.#cuts;
    return () => this.#cuts > before;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#open) socket.destroy();
  }

  #join(client: Socket, server: Socket): void {
    const both = [client, server];
    for (const socket of both) {
      this.#open.add(socket);
      // Followed by `close`, which is acted upon.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#open.delete(socket);
        for (const each of both) each.destroy();
      });
    }
    client.on('data', (piece) => server.write(piece));
    server.on('data', (piece) => {
      if (!this.#armed) {
        client.write(piece);
        return;
      }
      this.#armed = false;
      this.#cuts += 1;
      for (const socket of both) socket.resetAndDestroy();
    });
  }
}
