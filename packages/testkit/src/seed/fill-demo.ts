import { createHash } from 'node:crypto';
import { foldName } from '@confab/contract';
import { type Actor, type Core, createGroup, createRoom, joinRoom, openDirect, register } from '@confab/core';
import { demoId, demoPassword } from './people.ts';
import type { ConversationPlan, Step } from './plan-conversation.ts';
import type { DemoPlan, PersonPlan } from './plan-demo.ts';

type Actors = ReadonlyMap<string, Actor>;

/**
 * Stores a plan. Every step has an identity that follows from the plan, so that doing it again stores nothing twice
 * and completes what is missing.
 */
export async function fillDemo(core: Core, { people, conversations }: DemoPlan): Promise<void> {
  const actors: Actors = new Map(
    await Promise.all(people.map(async (person, i) => [person.name, await admit(core, person, i)] as const)),
  );
  await Promise.all(conversations.map((conversation) => fillConversation(core, actors, conversation)));
  await Promise.all(
    people.map(({ name, lastSeenAt }) => core.db.users.setLastSeen(actorOf(actors, name).userId, lastSeenAt)),
  );
}

/** The same server at another time. */
function coreAt(core: Core, at: Date): Core {
  return { ...core, now: () => at };
}

/** The same server, which gives the next account this id. */
function withUserId(core: Core, id: string): Core {
  const { users } = core.db;
  const insert: typeof users.insert = (user) => users.insert({ ...user, id });
  return { ...core, db: { ...core.db, users: { ...users, insert } } };
}

async function admit(core: Core, { name, registeredAt }: PersonPlan, index: number): Promise<Actor> {
  const found = await core.db.users.findCredentials({ nameKey: foldName(name) });
  if (found) return { userId: found.user.id, name, sessionId: '' };
  const email = `person-${String(index + 1)}@demo.example`;
  // Each from an address of its own (RFC 5737's, for documentation): registrations are limited by address.
  const origin = { address: `192.0.2.${String(index + 1)}`, userAgent: 'Confab demo' };
  const { account } = await register(
    withUserId(coreAt(core, registeredAt), demoId(index)),
    { name, email, password: demoPassword },
    origin,
  );
  await core.sessions.revokeAll(account.id);
  // No action taken here asks for the session.
  return { userId: account.id, name, sessionId: '' };
}

function actorOf(actors: Actors, name: string): Actor {
  const actor = actors.get(name);
  if (!actor) throw new Error(`${name} is none of the demo's people`);
  return actor;
}

async function fillConversation(core: Core, actors: Actors, plan: ConversationPlan): Promise<void> {
  const id = await createFrom(coreAt(core, plan.createdAt), actors, plan);
  let messages: Promise<unknown>[] = [];
  for (const [i, step] of plan.steps.entries()) {
    const actor = actorOf(actors, step.name);
    if (step.kind === 'message') {
      // Not awaited one by one: the writer sends what waits in ordered batches.
      messages.push(appendMessage(core, actor, { step, conversationId: id, clientId: clientIdOf(plan, i) }));
      continue;
    }
    await Promise.all(messages);
    messages = [];
    await joinRoom(coreAt(core, step.at), actor, id);
  }
  await Promise.all(messages);
  const names = new Set([...plan.setting.members, ...plan.steps.map(({ name }) => name)]);
  await Promise.all([...names].map((name) => readAlmostAll(core, actorOf(actors, name), { plan, id })));
}

/** Every third reader of a conversation has the last few messages still to read. */
async function readAlmostAll(
  { db }: Core,
  { userId, name }: Actor,
  { plan, id }: { plan: ConversationPlan; id: string },
): Promise<void> {
  const [luck = 0, few = 0] = Buffer.from(digest([plan.setting.key, name, 'unread']), 'hex');
  const head = await db.timeline.highestRev(id);
  const readSeq = luck % 3 === 0 ? Math.max(0, head - 1 - (few % 5)) : head;
  await db.memberships.raiseWatermarks(userId, id, { deliveredSeq: head, readSeq });
}

async function createFrom(core: Core, actors: Actors, { setting }: ConversationPlan): Promise<string> {
  const [creator, ...others] = setting.members.map((name) => actorOf(actors, name));
  const [other] = others;
  if (!creator || !other) throw new Error(`${setting.key} has too few members`);
  const { name, topic } = setting;
  const clientId = digest([setting.key]);
  switch (setting.kind) {
    case 'room':
      return (await createRoom(core, creator, { clientId, name, topic, visibility: 'public' })).id;
    case 'group':
      return (
        await createGroup(core, creator, { clientId, name, userIds: others.map(({ userId }) => userId) })
      ).id;
    case 'direct':
      return (await openDirect(core, creator, other.userId)).id;
  }
}

interface Placed {
  readonly step: Extract<Step, { kind: 'message' }>;
  readonly conversationId: string;
  readonly clientId: string;
}

/** Not sendMessage: its limit is for people who type, and its time is now. */
function appendMessage({ timeline }: Core, { userId }: Actor, { step, conversationId, clientId }: Placed) {
  return timeline.append({
    conversationId,
    needs: 'membership',
    draft: {
      kind: 'message',
      messageType: 'text',
      text: step.text,
      senderId: userId,
      clientId,
      bodyHash: digest(['text', step.text]),
      createdAt: step.at,
    },
  });
}

function clientIdOf({ setting }: ConversationPlan, index: number): string {
  return digest([setting.key, index]);
}

/** 32 hex digits, as client ids and body hashes are. */
function digest(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
