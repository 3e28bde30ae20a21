import type { WebSocket } from 'ws';

/** Answers the server's own pings, as every client of it does: a socket that does not is taken for dead. */
export function answerPings(socket: WebSocket): void {
  socket.on('message', (data: Buffer) => {
    if (data.toString('utf8') === 'PING') socket.send('PONG');
  });
}
