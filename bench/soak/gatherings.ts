import { newClientId } from '@confab/contract';
import type { Random } from '@confab/e2e/chaos/random';
import type { Person } from './person.ts';

interface Gathering {
  readonly conversationId: string;
  /** Who has not left; the host is the first. */
  readonly members: Person[];
}

const openMax = 8;

/** Groups and rooms that people create, and leave again: there are never more than a few. */
export class Gatherings {
  readonly #open: Gathering[] = [];

  /** Somebody gathers others, or, when there are enough, everybody leaves the oldest. All have to be signed in. */
  async next(people: readonly Person[], random: Random): Promise<void> {
    if (this.#open.length >= openMax) {
      await this.#leaveOldest();
      return;
    }
    const members = random.sample(people, random.whole(2, 5));
    const [host, ...guests] = members;
    if (host === undefined) return;
    const clientId = newClientId();
    const name = `gathering ${clientId.slice(0, 6)}`;
    if (random.chance(0.5)) {
      const userIds = guests.map(({ user }) => user.id);
      const { id } = await host.user.api.conversations.createGroup.mutate({ clientId, name, userIds });
      this.#open.push({ conversationId: id, members });
      return;
    }
    const { id } = await host.user.api.rooms.create.mutate({ clientId, name });
    this.#open.push({ conversationId: id, members });
    for (const { user } of guests) await user.api.rooms.join.mutate({ conversationId: id });
  }

  /** Who hosted leaves last. Somebody who is signed out, or whom a fault meets, leaves at the next attempt. */
  async #leaveOldest(): Promise<void> {
    const [oldest] = this.#open;
    if (oldest === undefined) return;
    const { conversationId, members } = oldest;
    while (members.length > 0) {
      const last = members.at(-1);
      if (last?.isSignedIn !== true) return;
      await last.user.api.conversations.leave.mutate({ conversationId });
      members.pop();
    }
    this.#open.shift();
  }
}
