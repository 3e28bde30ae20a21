import type { LiveEvent } from '@confab/contract';
import type { SyncTransport } from '@confab/sync';
import type { Api } from './api.ts';
import { leavingCall } from './http-link.ts';
import { keepSubscribed } from './keep-subscribed.ts';
import { withRefusals } from './refusal.ts';

/** What packages/sync needs of the network, over the tRPC client. `random` spreads out what is tried again. */
export function createSyncTransport(client: Api, random?: () => number): SyncTransport {
  return {
    listConversations: (input) => withRefusals(client.conversations.list.query(input)),
    getConversation: (input) => withRefusals(client.conversations.get.query(input)),
    page: (input) => withRefusals(client.messages.page.query(input)),
    pull: (input) => withRefusals(client.messages.pull.query(input)),
    send: (input) => withRefusals(client.messages.send.mutate(input)),
    edit: (input) => withRefusals(client.messages.edit.mutate(input)),
    remove: (input) => withRefusals(client.messages.delete.mutate(input)),
    react: (input) => withRefusals(client.messages.react.mutate(input)),
    mark: (input, { leaving }) =>
      withRefusals(client.conversations.mark.mutate(input, { context: leaving ? leavingCall : {} })),
    watermarks: (input) => withRefusals(client.conversations.watermarks.query(input)),
    setPreferences: (input) => withRefusals(client.conversations.setPreferences.mutate(input)),
    subscribe: (handlers) =>
      keepSubscribed<LiveEvent>({
        open: (observer) => client.live.events.subscribe(undefined, observer),
        onEvent: (event) => {
          handlers.onEvent(event);
        },
        onCut: () => {
          handlers.onDisconnect();
        },
        ...(random && { random }),
      }),
  };
}
