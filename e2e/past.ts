import { createHash } from 'node:crypto';
import { type Backend, openBackend } from '@confab/api';
import { newClientId } from '@confab/contract';
import { createLog } from '@confab/log';
import { sharedProduct } from './env.ts';
import type { Person } from './people.ts';

export interface PastMessage {
  readonly sender: Person;
  readonly text: string;
  readonly at: Date;
}

/**
 * Another process of the shared product, for what its browsers cannot do: write what was said in the past, faster
 * than people may type.
 */
export async function openPast(): Promise<Past> {
  const { mongodbUri, redisUrl } = sharedProduct();
  const log = createLog({ service: 'e2e', level: 'error', destination: process.stderr });
  return new Past(await openBackend({ mongodbUri, redisUrl, namespace: 'confab', log, publicOrigins: [] }));
}

class Past implements AsyncDisposable {
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Appends in this order. */
  async append(conversationId: string, messages: readonly PastMessage[]): Promise<void> {
    const { timeline } = this.#backend.core;
    const append = ({ sender, text, at }: PastMessage) =>
      timeline.append({
        conversationId,
        needs: 'membership',
        draft: {
          kind: 'message',
          messageType: 'text',
          text,
          senderId: sender.id,
          clientId: newClientId(),
          bodyHash: createHash('sha256').update(text).digest('hex').slice(0, 32),
          createdAt: at,
        },
      });
    // Not awaited one by one: the timeline's writer keeps the order of the calls.
    await Promise.all(messages.map(append));
  }

  /**
   * Lets the sessions of somebody end by themselves, now; `forget`: long enough ago that the database has cleaned them
   * away. Returns how to bring them back.
   */
  async expireSessions(
    { id }: Person,
    { forget }: { readonly forget: boolean },
  ): Promise<() => Promise<void>> {
    const { model } = this.#backend.core.db.sessions;
    const ofPerson = { userId: id };
    const before = await model.find(ofPerson).lean();
    if (forget) await model.deleteMany(ofPerson);
    else await model.updateMany(ofPerson, { expiresAt: new Date(Date.now() - 1_000) });
    return async () => {
      await model.deleteMany(ofPerson);
      await model.insertMany(before);
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#backend.close();
  }
}
