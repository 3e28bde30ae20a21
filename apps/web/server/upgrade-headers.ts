import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** What the ws server reads of an upgrade. What frames a message (Trailer, Transfer-Encoding, Expect …) is not among it. */
const names = [
  'host',
  'origin',
  'cookie',
  'authorization',
  'user-agent',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-protocol',
  'sec-websocket-extensions',
  'x-forwarded-for',
  'x-forwarded-proto',
] as const;

/** The headers of an upgrade that is passed on. Node refuses to send some of those that it receives, by throwing. */
export type UpgradeHeaders = (headers: IncomingHttpHeaders) => OutgoingHttpHeaders;

export const upgradeHeaders: UpgradeHeaders = (headers) => {
  const kept = names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]] as const]));
  return { ...Object.fromEntries(kept), connection: 'Upgrade', upgrade: 'websocket' };
};
