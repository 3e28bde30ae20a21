import { newClientId } from '@confab/contract';
import { enter, type User } from '@confab/e2e/chaos/clients/user';
import { WatchedSocket } from './watched-socket.ts';
import { type World, wsUrl } from './world.ts';

const senders = 10;
/** As `enter` registers them. */
const password = 'correct horse battery';

/** People who registered through the front door, with an owner and some who talk. */
export class Crowd {
  readonly owner: User;
  readonly people: readonly User[];
  readonly senders: readonly User[];
  readonly #world: World;
  #addresses: number;

  private constructor(world: World, [owner, ...others]: readonly User[]) {
    if (!owner) throw new RangeError('nobody is there');
    this.#world = world;
    this.owner = owner;
    this.senders = others.slice(0, senders);
    this.people = others.slice(senders);
    this.#addresses = others.length + 1;
  }

  static async gather(world: World, people: number): Promise<Crowd> {
    const users: User[] = [];
    for (let i = 0; i <= senders + people; i++) {
      const name = `person-${String(i)}`;
      const credentials = { procedure: 'register' as const, name, email: `${name}@example.org` };
      users.push(await enter(world.origin, addressOf(i), credentials));
    }
    return new Crowd(world, users);
  }

  async createGroup(): Promise<string> {
    const userIds = [...this.senders, ...this.people].map(({ id }) => id);
    const input = { clientId: newClientId(), name: 'everybody', userIds };
    return (await this.owner.api.conversations.createGroup.mutate(input)).id;
  }

  /** Of one more session of each person, half of them on each ws process. */
  async openSockets(each: number, conversationId: string): Promise<Map<User, WatchedSocket[]>> {
    const sockets = new Map<User, WatchedSocket[]>();
    for (const person of this.people) {
      this.#addresses += 1;
      const credentials = { procedure: 'signIn' as const, login: person.name };
      const { headers } = await enter(this.#world.origin, addressOf(this.#addresses), credentials);
      const own = Array.from({ length: each }, (_, i) => {
        const port = this.#world.ports.ws[i % 2] ?? 0;
        return WatchedSocket.open(wsUrl(port), { ...headers }, conversationId);
      });
      sockets.set(person, await Promise.all(own));
    }
    return sockets;
  }

  async changePassword(person: User): Promise<void> {
    await person.api.auth.changePassword.mutate({ current: password, next: 'another good one' });
  }
}

/** An address of their own for everybody: limits count by it. */
function addressOf(index: number): string {
  return `10.2.${String(index >> 8)}.${String(index & 255)}`;
}
