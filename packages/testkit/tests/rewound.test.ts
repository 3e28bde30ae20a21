import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backend } from '@confab/api';
import { newClientId } from '@confab/contract';
import { createSync, type LiveHandlers, type SyncTransport } from '@confab/sync';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createWorld, type OwnStore, type Person, startOwnStore, type World } from '../src/index.ts';

let folder: string;
let store: OwnStore;
let world: World;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'confab-rewound-'));
  store = await startOwnStore({ dataDir: join(folder, 'data') });
  world = await createWorld({ mongodbUri: store.uri });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

type Api = ReturnType<Backend['caller']>;

/** A device over the router; which process answers is the test's choice, and so is when it connects. */
function deviceOf(person: Person) {
  let api: Api = person.api;
  let live: LiveHandlers | null = null;
  let told = 0;
  const transport: SyncTransport = {
    listConversations: (input) => api.conversations.list(input),
    getConversation: (input) => api.conversations.get(input),
    page: (input) => api.messages.page(input),
    pull: (input) => api.messages.pull(input),
    send: (input) => api.messages.send(input),
    edit: (input) => api.messages.edit(input),
    remove: (input) => api.messages.delete(input),
    react: (input) => api.messages.react(input),
    mark: (input) => api.conversations.mark(input),
    watermarks: (input) => api.conversations.watermarks(input),
    setPreferences: (input) => api.conversations.setPreferences(input),
    subscribe: (handlers) => {
      live = handlers;
      return () => {
        live = null;
      };
    },
  };
  const sync = createSync({ transport, userId: person.id, onRewound: () => (told += 1) });
  sync.start();
  return {
    sync,
    told: () => told,
    cut: () => live?.onDisconnect(),
    connect: async (to: Api) => {
      api = to;
      const { epoch } = await api.conversations.list({});
      live?.onEvent({ type: 'live.ready', epoch });
    },
    texts: (conversationId: string) =>
      sync
        .timeline(conversationId)
        .get()
        .items.flatMap((item) =>
          item.type === 'entry' && item.entry.kind === 'message' ? [item.entry.text] : [],
        ),
  };
}

async function send(api: Api, conversationId: string, ...texts: string[]): Promise<void> {
  for (const text of texts) await api.messages.send({ conversationId, clientId: newClientId(), text });
}

test('an older copy of the data under the same epoch hides nothing from a device that had seen more', async () => {
  const [ada, bob] = [await world.person('ada'), await world.person('bob')];
  const { id } = await bob.api.conversations.openDirect({ userId: ada.id });
  await send(bob.api, id, 'one', 'two', 'three');
  await store.stop();
  await cp(join(folder, 'data'), join(folder, 'copy'), { recursive: true });
  await store.start();
  await send(bob.api, id, 'four', 'five');
  const device = deviceOf(ada);
  device.sync.timeline(id).subscribe(() => undefined);
  device.sync.openTimeline(id);
  await device.connect(ada.api);
  const all = ['one', 'two', 'three', 'four', 'five'];
  await vi.waitFor(() => {
    expect(device.texts(id)).toEqual(all);
  });
  device.sync.markRead(id, 5);
  const {
    epoch,
    conversations: [before],
  } = await ada.api.conversations.list({});
  await vi.waitFor(async () => {
    expect((await ada.api.conversations.list({})).conversations[0]?.readSeq).toBe(5);
  });
  device.cut();

  await store.stop();
  await rm(join(folder, 'data'), { recursive: true });
  await cp(join(folder, 'copy'), join(folder, 'data'), { recursive: true });
  await store.start();
  const process = await world.process();
  const [adaThere, bobThere] = [await ada.via(process), await bob.via(process)];
  await send(bobThere, id, 'another four', 'another five', 'six');
  const set = await adaThere.conversations.list({});
  expect([set.epoch, set.conversations[0]?.headRev]).toEqual([epoch, 6]);
  // What a client claims is clamped, and changes nothing for anybody else.
  const claim = await adaThere.messages.pull({ conversationId: id, after: 900 });
  expect([claim.epoch, claim.entries]).toEqual([epoch, []]);

  await device.connect(adaThere);
  const now = ['one', 'two', 'three', 'another four', 'another five', 'six'];
  await vi.waitFor(() => {
    expect(device.texts(id)).toEqual(now);
  });
  expect(before?.headRev).toBe(5);
  expect(device.sync.conversation(id).get()).toMatchObject({ unread: 6, readSeq: 0 });
  expect(device.told()).toBe(1);
  expect((await bobThere.conversations.list({})).epoch).toBe(epoch);
  device.sync.stop();
});
