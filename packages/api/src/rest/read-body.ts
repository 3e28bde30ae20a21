import type { IncomingHttpHeaders } from 'node:http';
import { ConfabError } from '@confab/contract';

/**
 * The fields of a JSON body; none where there is no body. A form of another site cannot send this content type.
 * @throws ConfabError BAD_INPUT
 */
export function readBody(text: string, headers: IncomingHttpHeaders): Record<string, unknown> {
  if (text === '') return {};
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new ConfabError('BAD_INPUT', { message: 'Send the body as application/json.' });
  }
  const body = parse(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ConfabError('BAD_INPUT', { message: 'The body is not a JSON object.' });
  }
  return { ...body };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConfabError('BAD_INPUT', { message: 'The body is not JSON.', cause });
  }
}
