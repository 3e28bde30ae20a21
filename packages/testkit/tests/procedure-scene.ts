import { newClientId } from '@confab/contract';
import type { Person, World } from '../src/index.ts';
import type { Scene } from './procedure-inputs.ts';

/** ada and bob, and what the rows of procedure-inputs.ts name. */
export async function aProcedureScene(world: World): Promise<Scene> {
  const [ada, bob] = [await world.person('ada'), await world.person('bob')];
  const group = await ada.api.conversations.createGroup({
    clientId: newClientId(),
    name: 'G',
    userIds: [bob.id],
  });
  const room = await ada.api.rooms.create({ clientId: newClientId(), name: 'R' });
  const den = await ada.api.rooms.create({ clientId: newClientId(), name: 'D', visibility: 'private' });
  const invited = { conversationId: den.id, clientId: newClientId() };
  const { id: invitation, code } = await ada.api.invitations.create(invited);
  const sent = { conversationId: group.id, clientId: newClientId(), text: 'hello' };
  const { entry } = await ada.api.messages.send(sent);
  const message = entry.kind === 'message' ? entry.id : '';
  const { epoch } = world.backend.core.db;
  return { ada, bob, group: group.id, message, room: room.id, den: den.id, invitation, code, epoch };
}

/** Calls a procedure by its path with whatever input. */
export function call(api: Person['api'], path: string, input: unknown): Promise<unknown> {
  const procedure = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], api);
  return (procedure as (input: unknown) => Promise<unknown>)(input);
}
