import { limits } from '@confab/contract';

const encoder = new TextEncoder();
const byteLength = (text: string) => encoder.encode(text).length;

/**
 * What tRPC would send as one frame, in frames that the server takes: it closes the socket for one that has more bytes
 * or more calls, and whatever waited together would wait together again after the reconnect.
 */
export function framesOf(frame: string): readonly string[] {
  if (!frame.startsWith('[')) return [frame];
  const calls = (JSON.parse(frame) as unknown[]).map((call) => JSON.stringify(call));
  const frames: string[] = [];
  let gathered: string[] = [];
  // The brackets, and a comma after each call.
  let bytes = 2;
  for (const call of calls) {
    const added = byteLength(call) + 1;
    if (gathered.length === limits.batchCallsMax || bytes + added > limits.messageBytesMax) {
      if (gathered.length > 0) frames.push(`[${gathered.join(',')}]`);
      gathered = [];
      bytes = 2;
    }
    gathered.push(call);
    bytes += added;
  }
  return [...frames, `[${gathered.join(',')}]`];
}
