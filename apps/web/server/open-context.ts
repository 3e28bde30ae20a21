import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Backend, Context } from '@confab/api';
import { ConfabError } from '@confab/contract';
import { stampedClient } from './forwarded-headers.ts';

/** Who asks, and how the answer carries their cookie. @throws ConfabError OTHER_ACCOUNT, UNAVAILABLE */
export async function openContext(
  backend: Pick<Backend, 'createContext'>,
  { headers }: IncomingMessage,
  response: ServerResponse,
): Promise<Context> {
  try {
    return await backend.createContext({
      connection: {
        transport: 'http',
        closed: leftSignal(response),
        setCookie: (cookie) => void response.appendHeader('set-cookie', cookie),
      },
      headers,
      clientAddress: stampedClient(headers).address,
    });
  } catch (cause) {
    if (cause instanceof ConfabError) throw cause;
    throw new ConfabError('UNAVAILABLE', { cause });
  }
}

/** Aborted when the client goes before it has its answer. */
function leftSignal(response: ServerResponse): AbortSignal {
  const leaving = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) leaving.abort();
  });
  return leaving.signal;
}
