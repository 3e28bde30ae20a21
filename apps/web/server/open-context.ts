import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Backend, Context } from '@confab/api';
import { ConfabError } from '@confab/contract';
import { stampedAddress } from './forwarded-headers.ts';

/** Who asks, and how the answer carries their cookie. @throws ConfabError UNAVAILABLE */
export async function openContext(
  backend: Pick<Backend, 'createContext'>,
  { headers }: IncomingMessage,
  response: ServerResponse,
): Promise<Context> {
  try {
    return await backend.createContext({
      connection: {
        transport: 'http',
        setCookie: (cookie) => void response.appendHeader('set-cookie', cookie),
      },
      headers,
      clientAddress: stampedAddress(headers),
    });
  } catch (cause) {
    throw new ConfabError('UNAVAILABLE', { cause });
  }
}
