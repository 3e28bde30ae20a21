import { limits } from '@confab/contract';
import { type RawData, WebSocket } from 'ws';
import { closeCodes } from './sockets.ts';

const bracket = 0x5b;
/** JSON's: RFC 8259, 2. */
const whitespace: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d]);

function isArray(frame: Buffer): boolean {
  let at = 0;
  while (whitespace.has(frame[at])) at += 1;
  return frame[at] === bracket;
}

/** How many calls tRPC would make of this frame. Only an array is more than one, and few frames are arrays. */
function callsIn(frame: RawData): number {
  if (!Buffer.isBuffer(frame) || !isArray(frame)) return 1;
  try {
    return (JSON.parse(frame.toString('utf8')) as unknown[]).length;
  } catch {
    // tRPC answers what cannot be read.
    return 1;
  }
}

/** A socket that passes no frame on with more calls than one batch may have, and closes for it: tRPC would answer all. */
export class BoundedSocket extends WebSocket {
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === 'message' && callsIn(args[0] as RawData) > limits.batchCallsMax) {
      this.close(closeCodes.tooManyCalls, `more than ${String(limits.batchCallsMax)} calls in one frame`);
      return true;
    }
    return super.emit(event, ...args);
  }
}
