import { ConfabError } from '@confab/contract';
import type { Patience } from './patience.ts';
import type { SyncTransport } from './transport.ts';

/** How long a refusal asks to wait because too much was asked for lately; null for any other failure. */
export function paceOf(error: unknown): number | null {
  if (!(error instanceof ConfabError) || error.code !== 'RATE_LIMITED') return null;
  return error.details.retryAfterMs ?? null;
}

/** A transport whose reads wait where the server asks for it: nobody sees a failure where only time is missing. */
export function patientTransport(transport: SyncTransport, patience: Patience): SyncTransport {
  return {
    listConversations: (input) => patience.ask(() => transport.listConversations(input)),
    getConversation: (input) => patience.ask(() => transport.getConversation(input)),
    page: (input) => patience.ask(() => transport.page(input)),
    pull: (input) => patience.ask(() => transport.pull(input)),
    watermarks: (input) => patience.ask(() => transport.watermarks(input)),
    send: (input) => transport.send(input),
    edit: (input) => transport.edit(input),
    remove: (input) => transport.remove(input),
    react: (input) => transport.react(input),
    mark: (input, call) => transport.mark(input, call),
    setPreferences: (input) => transport.setPreferences(input),
    subscribe: (handlers) => transport.subscribe(handlers),
  };
}
