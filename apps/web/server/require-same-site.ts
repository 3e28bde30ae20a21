import type { IncomingMessage } from 'node:http';
import type { Backend } from '@confab/api';
import { stampedClient } from './forwarded-headers.ts';
import { pathOf } from './origin-form.ts';

/** What another site's page sends changes nothing, and is noted. @throws ConfabError CROSS_SITE */
export function requireSameSite(
  backend: Pick<Backend, 'refuseCrossSite' | 'noteRefusal'>,
  request: IncomingMessage,
): void {
  const refusal = backend.refuseCrossSite(request.method ?? 'GET', request.headers);
  if (!refusal) return;
  const { address } = stampedClient(request.headers);
  const { code } = refusal;
  backend.noteRefusal({ code, path: pathOf(request), address, userId: null, conversationId: null });
  throw refusal;
}
