import type { RequestId } from './read-frame.ts';

/** What a frame of the server's says about a request of its client's. */
export interface Answer {
  readonly id: RequestId;
  /** Nothing more will come for it, should it be a subscription: it is refused, or has stopped. */
  readonly isLast: boolean;
}

const start = '{"id":';
const marks = { quote: 0x22, minus: 0x2d, backslash: 0x5c, zero: 0x30, nine: 0x39 };
/** So many digits are exact, and read at once. */
const smallDigits = 9;
const protocol = '"jsonrpc":"2.0",';
const stopped = '"result":{"type":"stopped"';
const refused = '"error":';

/**
 * Reads the beginning of a frame as tRPC's adapter writes it, id first; null for what answers nothing. The rest, which
 * may be megabytes, is not looked at.
 */
export function readAnswer(frame: string): Answer | null {
  if (!frame.startsWith(start)) return null;
  const end = endOfId(frame);
  if (end === null) return null;
  const id = readDigits(frame, end) ?? (JSON.parse(frame.slice(start.length, end)) as RequestId);
  let next = end + 1;
  if (frame.startsWith(protocol, next)) next += protocol.length;
  return { id, isLast: frame.startsWith(refused, next) || frame.startsWith(stopped, next) };
}

/** Most ids are small whole numbers, and most frames are events: this is on their way. */
function readDigits(frame: string, end: number): number | null {
  if (end - start.length > smallDigits) return null;
  let value = 0;
  for (let at = start.length; at < end; at += 1) {
    const code = frame.charCodeAt(at);
    if (code < marks.zero || code > marks.nine) return null;
    value = value * 10 + code - marks.zero;
  }
  return value;
}

/** Where the id's JSON ends, and a comma stands; null when it is neither a number nor a string. */
function endOfId(frame: string): number | null {
  const first = frame.charCodeAt(start.length);
  if (first === marks.quote) {
    let at = start.length + 1;
    while (at < frame.length && frame.charCodeAt(at) !== marks.quote) {
      at += frame.charCodeAt(at) === marks.backslash ? 2 : 1;
    }
    return frame[at + 1] === ',' ? at + 1 : null;
  }
  if (first !== marks.minus && (first < marks.zero || first > marks.nine)) return null;
  const comma = frame.indexOf(',', start.length);
  return comma === -1 ? null : comma;
}
