import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RefusalReason } from './authorize-upgrade.ts';

const statuses: Readonly<Record<Exclude<RefusalReason, 'otherAccount'>, number>> = {
  path: 404,
  origin: 403,
  noOrigin: 403,
  noSession: 401,
  unauthenticatedSockets: 429,
  rateLimited: 429,
};

/** Those that are there have five seconds to say who they are. */
const retryAfterSeconds = 5;

/** Answers an upgrade without a socket: for a reason, or (null) because we failed. Returns the status. */
export function refuseUpgrade(socket: Duplex, reason: keyof typeof statuses | null): number {
  const status = reason === null ? 503 : statuses[reason];
  const lines = [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Length: 0',
    ...(status === 429 ? [`Retry-After: ${String(retryAfterSeconds)}`] : []),
  ];
  // The connection goes with the answer, even if the client keeps its half open. What the client sent beyond its request
  // is read, and dropped: unread, it would turn our answer into a reset.
  socket.resume().end(`${lines.join('\r\n')}\r\n\r\n`, () => socket.destroy());
  return status;
}
