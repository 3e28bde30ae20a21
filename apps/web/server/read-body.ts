import type { IncomingMessage } from 'node:http';
import { ConfabError, limits } from '@confab/contract';

/**
 * The whole body as text: bounded in bytes and in the pieces that it comes in, each of which costs as much as many bytes;
 * and valid UTF-8. A slow body is ended by the server's requestTimeout.
 * @throws ConfabError TOO_LARGE or BAD_INPUT
 */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<string> {
  const chunks: Buffer[] = [];
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) throw new ConfabError('TOO_LARGE');
  let bytes = 0;
  // Left open when it turns out too large: the refusal still has to go out on it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new ConfabError('TOO_LARGE');
    if (chunks.length === limits.bodyPiecesMax)
      throw new ConfabError('BAD_INPUT', { message: 'The body comes in too many pieces.' });
    chunks.push(chunk);
  }
  return decode(Buffer.concat(chunks));
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ConfabError('BAD_INPUT', { message: 'This is not valid UTF-8.', cause });
  }
}
