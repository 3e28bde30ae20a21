import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import { ConfabError, limits } from '@confab/contract';

/**
 * The whole body as text: bounded in bytes and in the pieces that it comes in, each of which costs as much as many bytes;
 * and valid UTF-8. A slow body is ended by the server's requestTimeout.
 * @throws ConfabError TOO_LARGE or BAD_INPUT
 */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) throw new ConfabError('TOO_LARGE');
  const chunks: Buffer[] = [];
  let bytes = 0;
  await eachPiece(request, (piece) => {
    bytes += piece.length;
    if (bytes > bytesMax) throw new ConfabError('TOO_LARGE');
    if (chunks.length === limits.bodyPiecesMax)
      throw new ConfabError('BAD_INPUT', { message: 'The body comes in too many pieces.' });
    chunks.push(piece);
  });
  return decode(Buffer.concat(chunks));
}

/**
 * As they were sent: an iterator would join those that came in one packet. What throws ends the reading, and the request
 * stays open: the refusal still has to go out on it.
 */
async function eachPiece(request: IncomingMessage, take: (piece: Buffer) => void): Promise<void> {
  const reading = new AbortController();
  const takeUntilRefused = (piece: Buffer) => {
    try {
      take(piece);
    } catch (error) {
      request.off('data', takeUntilRefused).pause();
      reading.abort(error);
    }
  };
  request.on('data', takeUntilRefused);
  try {
    await finished(request, { writable: false, signal: reading.signal });
  } catch (error) {
    throw reading.signal.aborted ? reading.signal.reason : error;
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ConfabError('BAD_INPUT', { message: 'This is not valid UTF-8.', cause });
  }
}
