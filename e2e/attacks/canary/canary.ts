import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { newClientId } from '@confab/contract';
import type { User } from '../../chaos/clients/user.ts';
import type { Stage } from '../stage/stage.ts';
import type { CanaryAccount, CanaryCast, CanaryOrder, CanaryPerson, CanaryWindow } from './messages.ts';

/** One may write a message a second for ever; together they write five. */
const sendersCount = 6;
const perSecond = 5;
const readyMaxMs = 60_000;

/** Some people in a group, of whom all but one write in turns, while an attack runs. */
export class Canary {
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#process = child;
  }

  static async start(stage: Stage): Promise<Canary> {
    const people = await stage.joinAll('canary', sendersCount + 1);
    const [reader, ...senders] = people;
    if (reader === undefined) throw new RangeError('a canary needs somebody');
    const group = { clientId: newClientId(), name: 'canary', userIds: senders.map(({ id }) => id) };
    const { id } = await reader.api.conversations.createGroup.mutate(group);
    const cast: CanaryCast = {
      origin: stage.origin,
      url: stage.url('web'),
      conversationId: id,
      senders: senders.map(portable),
      reader: portable(reader),
      perSecond,
    };
    const child = fork(join(import.meta.dirname, 'canary-process.ts'), [JSON.stringify(cast)]);
    await once(child, 'message', { signal: AbortSignal.timeout(readyMaxMs) });
    return new Canary(child);
  }

  /** Begins a new window of time and tells of the one before. */
  window(): Promise<CanaryWindow> {
    return this.#ask<CanaryWindow>({ order: 'window' });
  }

  settle(maxMs: number): Promise<CanaryAccount> {
    return this.#ask<CanaryAccount>({ order: 'settle', maxMs });
  }

  async stop(): Promise<void> {
    const exited = once(this.#process, 'exit');
    this.#process.disconnect();
    await exited;
  }

  async #ask<T>(order: CanaryOrder): Promise<T> {
    const answered = once(this.#process, 'message') as Promise<[T]>;
    this.#process.send(order);
    return (await answered)[0];
  }
}

function portable({ id, name, headers }: User): CanaryPerson {
  return { id, name, headers };
}
