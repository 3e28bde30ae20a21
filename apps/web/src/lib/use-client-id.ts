import { useState } from 'react';
import { newClientId } from '@confab/contract';

/**
 * The client id of a request with these contents: the same however often it is sent, so that it is done once, and a
 * new one as soon as they change, for that is another request.
 */
export function useClientId(...contents: readonly unknown[]): string {
  const body = JSON.stringify(contents);
  const [held, setHeld] = useState(() => ({ body, clientId: newClientId() }));
  if (held.body !== body) setHeld({ body, clientId: newClientId() });
  return held.clientId;
}
