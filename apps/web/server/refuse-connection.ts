import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { problemHeaders, type Refusal, toProblem } from '@confab/api';

/**
 * Answers a connection that has no response to write to, in the form in which the REST API refuses. The connection goes
 * with the answer, even if the client keeps its half open.
 */
export function refuseConnection(socket: Duplex, refusal: Refusal): void {
  const problem = toProblem(refusal);
  const body = JSON.stringify(problem);
  const headers = {
    ...problemHeaders(problem),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const start = `HTTP/1.1 ${String(problem.status)} ${STATUS_CODES[problem.status] ?? ''}\r\n`;
  // What the client sent beyond its request is read, and dropped: unread, it would turn our answer into a reset.
  socket.resume().end(`${start}${lines.join('')}\r\n${body}`, () => socket.destroy());
}
