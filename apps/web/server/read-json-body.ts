import type { IncomingMessage } from 'node:http';
import { ConfabError, limits } from '@confab/contract';

/**
 * The whole body, as text that JSON may be parsed from: bounded in bytes and in depth, and valid UTF-8. A slow body is
 * ended by the server's requestTimeout.
 * @throws ConfabError TOO_LARGE or BAD_INPUT
 */
export async function readJsonBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  if (Number(request.headers['content-length'] ?? 0) > limits.messageBytesMax)
    throw new ConfabError('TOO_LARGE');
  let bytes = 0;
  // Left open when it turns out too large: the refusal still has to go out on it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limits.messageBytesMax) throw new ConfabError('TOO_LARGE');
    chunks.push(chunk);
  }
  const text = decode(Buffer.concat(chunks));
  if (jsonDepth(text) > limits.jsonDepthMax)
    throw new ConfabError('BAD_INPUT', { message: 'This is nested too deeply.' });
  return text;
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ConfabError('BAD_INPUT', { message: 'This is not valid UTF-8.', cause });
  }
}

/** How deep arrays and objects nest, read without building them: brackets outside of strings. */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  // A string with its escapes, or one bracket.
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, (depth += 1));
    else if (token === ']' || token === '}') depth -= 1;
  }
  return deepest;
}
