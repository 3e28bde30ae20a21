import type { Snapshot } from '../checker/log.ts';
import { addressOf, type Population, signInAgain } from '../clients/population.ts';
import { readSnapshot } from '../clients/read-snapshot.ts';
import type { User } from '../clients/user.ts';

interface ConversationReader {
  readonly user: User;
  readonly conversationId: string;
}

/** Devices that took no part in the run: of each conversation, a new session of the member who sees all of it. */
export class Reader {
  readonly #readers: readonly ConversationReader[];

  private constructor(readers: readonly ConversationReader[]) {
    this.#readers = readers;
  }

  /** One after the other: signing in is costly on purpose, and there is no hurry. */
  static async open(origin: string, { users, conversations }: Population): Promise<Reader> {
    const sessions = new Map<User, User>();
    for (const [i, user] of users.entries())
      sessions.set(user, await signInAgain(origin, user, addressOf(users.length + i)));
    return new Reader(
      conversations.map(({ id, members }) => {
        const user = members[0] && sessions.get(members[0]);
        if (user === undefined) throw new Error(`nobody reads ${id}`);
        return { user, conversationId: id };
      }),
    );
  }

  async readAll(): Promise<Snapshot[]> {
    const snapshots: Snapshot[] = [];
    for (const { user, conversationId } of this.#readers)
      snapshots.push(await readSnapshot(user, conversationId));
    return snapshots;
  }
}
