import type { IncomingMessage } from 'node:http';
import { ConfabError, limits } from '@confab/contract';
import { readBody } from './read-body.ts';

/**
 * The whole body, as text that JSON may be parsed from: bounded in bytes and in depth, and valid UTF-8.
 * @throws ConfabError TOO_LARGE or BAD_INPUT
 */
export async function readJsonBody(request: IncomingMessage): Promise<string> {
  const text = await readBody(request, limits.messageBytesMax);
  if (jsonDepth(text) > limits.jsonDepthMax)
    throw new ConfabError('BAD_INPUT', { message: 'This is nested too deeply.' });
  return text;
}

const quote = 0x22;
const backslash = 0x5c;
const opening: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closing: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/**
 * How deep arrays and objects nest, read without building them: brackets outside of strings. Every character is looked
 * at once: a pattern would begin anew at every quote of a string that never ends.
 */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isInString) {
      if (code === backslash) at += 1;
      else isInString = code !== quote;
    } else if (code === quote) {
      isInString = true;
    } else if (opening.has(code)) {
      deepest = Math.max(deepest, (depth += 1));
    } else if (closing.has(code)) {
      depth -= 1;
    }
  }
  return deepest;
}
