import type { HintEvent } from '@confab/contract';
import { expect, test } from 'vitest';
import type { Client } from '../../lib/client.ts';
import { PresenceStore } from './presence-store.ts';

const bob = 'b'.repeat(24);

function listening() {
  let hear: (event: HintEvent) => void = () => undefined;
  const client = {
    live: {
      hints: {
        subscribe: (_input: unknown, { onData }: { onData: (event: HintEvent) => void }) => {
          hear = onData;
          return { unsubscribe: () => undefined };
        },
      },
    },
  } as unknown as Client;
  const presence = new PresenceStore();
  presence.start(client);
  return {
    presence,
    hear: (event: HintEvent) => {
      hear(event);
    },
  };
}

test('while the server cannot say who is online, nobody is called offline', () => {
  const { presence, hear } = listening();
  expect([presence.of(bob).get(), presence.heard.get()]).toEqual(['unknown', false]);
  hear({ type: 'presence.snapshot', known: true, userIds: [bob] });
  expect([presence.of(bob).get(), presence.heard.get()]).toEqual(['online', true]);
  hear({ type: 'presence.snapshot', known: false, userIds: [] });
  expect([presence.of(bob).get(), presence.heard.get()]).toEqual(['unknown', true]);
  // A single hint in between does not make the others offline.
  hear({ type: 'presence.changed', userId: bob, online: false, lastSeenAt: null });
  expect(presence.of(bob).get()).toBe('unknown');
  hear({ type: 'presence.snapshot', known: true, userIds: [] });
  expect(presence.of(bob).get()).toBe('offline');
});
