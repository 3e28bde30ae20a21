import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Refusal } from '@confab/api';
import { refuseConnection } from './refuse-connection.ts';

/** What Node found wrong, by the error's code. */
const refusals: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    details: { code: 'BAD_INPUT' },
    message: 'The request did not arrive in time.',
    status: 408,
  },
  HPE_HEADER_OVERFLOW: { details: { code: 'TOO_LARGE' }, message: 'The headers are too large.', status: 431 },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    details: { code: 'TOO_LARGE' },
    message: 'The chunk extensions are too large.',
  },
};
const notHttp: Refusal = { details: { code: 'BAD_INPUT' }, message: 'This is not an HTTP request.' };

/**
 * Answers what never becomes a request, with the statuses that Node would give, and a body that says why.
 * @param current the answer that is being made or sent on a connection
 */
export function answerBrokenRequests(http: Server, current: (socket: Duplex) => ServerResponse | null): void {
  http.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // In the middle of an answer another one would be taken for a part of it.
    if (!socket.writable || current(socket)?.headersSent) socket.destroy(error);
    else refuseConnection(socket, refusals[error.code ?? ''] ?? notHttp);
  });
  // Expectations that nobody here knows may be ignored (RFC 9110, section 10.1.1).
  http.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    http.emit('request', request, response);
  });
}
