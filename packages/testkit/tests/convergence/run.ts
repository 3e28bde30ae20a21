import { ConfabError, type Entry, newClientId } from '@confab/contract';
import {
  type Actor,
  addMember,
  type Core,
  createGroup,
  deleteMessage,
  editMessage,
  leaveConversation,
  markConversation,
  pageMessages,
  reactToMessage,
  removeMember,
  sendMessage,
  setRole,
  silenceMember,
  sweepMembers,
  updateConversation,
} from '@confab/core';
import type { Database } from '@confab/db';
import type { Mutant } from '../mutants.ts';
import { checkEnd, checkHeads, checkPage, type Device } from './checks.ts';
import { type Fate, Gate, quiet } from './gate.ts';
import { type Bus, Process } from './process.ts';

export type Step = { readonly via: number } & (
  | { readonly do: 'page' | 'mark'; readonly who: number }
  | {
      readonly do: 'send' | 'edit' | 'delete' | 'react';
      readonly who: number;
      readonly of: number;
      readonly on: boolean;
    }
  | { readonly do: 'rename' | 'handOver' | 'silence' | 'unsilence'; readonly who: number }
  | { readonly do: 'add' | 'remove' | 'leave' | 'die' | 'sweep' }
  | { readonly do: 'retry' | 'hear'; readonly of: number }
  | { readonly do: 'turns'; readonly picks: readonly number[]; readonly fate: Fate }
);

/** A change that a device asked for, until it knows what became of it. */
interface Request {
  readonly ask: (process: Process) => Promise<Entry>;
  acknowledged: Entry | null;
}

export interface RunParts {
  /** One for each process. */
  readonly databases: readonly Database[];
  /** Of a real process: where the processes have everything but the database from. */
  readonly core: Core;
  readonly people: readonly [Actor, Actor, Actor];
  /** For both processes. */
  readonly mutant: Mutant;
}

/** Three people, one group and two processes: what they do, and what goes wrong meanwhile. */
export class Run {
  readonly #gate = new Gate();
  readonly #bus: Bus = [];
  readonly #processes: readonly Process[];
  readonly #parts: RunParts;
  readonly #requests: Request[] = [];
  readonly #devices: Device[] = [];
  readonly #bugs: unknown[] = [];
  #conversationId = '';
  #names = 0;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.#processes = parts.databases.map(
      (db) => new Process({ ...parts, db, gate: this.#gate, bus: this.#bus }),
    );
  }

  /** @throws when something does not hold */
  async play(steps: readonly Step[]): Promise<void> {
    try {
      await this.#begin();
      for (const step of steps) await this.#take(step);
      await this.#settle();
      await checkEnd({
        core: this.#process(0).core,
        conversationId: this.#conversationId,
        people: this.#parts.people,
        devices: this.#devices,
        acknowledged: this.#acknowledged(),
      });
    } finally {
      for (const process of this.#processes) process.leave();
    }
    if (this.#bugs.length > 0) throw this.#bugs[0];
  }

  async #begin(): Promise<void> {
    const [ada, bob] = this.#parts.people;
    const group = { clientId: newClientId(), name: 'G', userIds: [bob.userId] };
    this.#conversationId = (await createGroup(this.#process(0).core, ada, group)).id;
    // Something to change from the first step on.
    for (const actor of [ada, bob]) {
      const message = { conversationId: this.#conversationId, clientId: newClientId(), text: 'text' };
      const { entry } = await sendMessage(this.#process(0).core, actor, message);
      this.#requests.push({ ask: () => Promise.resolve(entry), acknowledged: entry });
    }
    await this.#settle();
    this.#gate.open = false;
  }

  async #take(step: Step): Promise<void> {
    const process = this.#process(step.via);
    const { core } = process;
    const conversationId = this.#conversationId;
    const [ada, , cleo] = this.#parts.people;
    switch (step.do) {
      case 'send':
      case 'edit':
      case 'delete':
      case 'react':
        this.#ask(step, process);
        return;
      case 'retry':
        this.#retry(step.of, process);
        return;
      case 'page':
        this.#watch(this.#page(process, step.who));
        return;
      case 'mark': {
        const marks = { readSeq: this.#requests.length, deliveredSeq: 0 };
        const mark = { conversationId, epoch: core.db.epoch, ...marks };
        this.#watch(markConversation(core, this.#person(step.who), mark));
        return;
      }
      case 'add':
        this.#watch(addMember(core, ada, { conversationId, userId: cleo.userId }));
        return;
      case 'remove':
        this.#watch(removeMember(core, ada, { conversationId, userId: cleo.userId, ban: false }));
        return;
      case 'leave':
        this.#watch(leaveConversation(core, cleo, conversationId));
        return;
      case 'rename': {
        this.#names += 1;
        const name = { clientId: newClientId(), name: `name ${String(this.#names)}` };
        this.#watch(updateConversation(core, this.#person(step.who % 2), { conversationId, ...name }));
        return;
      }
      case 'handOver':
      case 'silence':
      case 'unsilence':
        this.#watch(this.#moderate(step.do, step.who % 2, core));
        return;
      case 'sweep':
        this.#watch(core.changes.sweep(new Date(8.64e15)));
        this.#watch(sweepMembers(core, new Date(8.64e15)));
        return;
      case 'die':
        process.die();
        return;
      case 'hear': {
        const event = this.#bus[step.of % Math.max(1, this.#bus.length)];
        if (event) core.timeline.observe(conversationId, event.entries);
        return;
      }
      case 'turns':
        for (const pick of step.picks) await this.#gate.release(pick, step.fate);
        return checkHeads(core, conversationId, this.#acknowledged());
    }
  }

  /** One of the first two about the other one. */
  #moderate(does: 'handOver' | 'silence' | 'unsilence', who: number, core: Core): Promise<void> {
    const other = { conversationId: this.#conversationId, userId: this.#person(1 - who).userId };
    if (does === 'handOver') return setRole(core, this.#person(who), { ...other, role: 'owner' });
    return silenceMember(core, this.#person(who), { ...other, minutes: does === 'silence' ? 60 : 0 });
  }

  /** A new request of a device: a message, or a change of one that was acknowledged. */
  #ask(step: Extract<Step, { do: 'send' | 'edit' | 'delete' | 'react' }>, process: Process): void {
    const actor = this.#person(step.who);
    const text = `text ${String(this.#requests.length)}`;
    const base = { conversationId: this.#conversationId, clientId: newClientId() };
    const messages = this.#acknowledged().filter(({ kind }) => kind === 'message');
    const target = messages[step.of % Math.max(1, messages.length)];
    if (step.do !== 'send' && target?.kind !== 'message') return;
    const change = { ...base, messageId: target?.kind === 'message' ? target.id : '' };
    const { on } = step;
    const asks: Record<typeof step.do, Request['ask']> = {
      send: async ({ core }) => (await sendMessage(core, actor, { ...base, text })).entry,
      edit: async ({ core }) => (await editMessage(core, actor, { ...change, text })).entry,
      delete: async ({ core }) => (await deleteMessage(core, actor, change)).entry,
      react: async ({ core }) => (await reactToMessage(core, actor, { ...change, emoji: '👍', on })).entry,
    };
    this.#request(asks[step.do], process);
  }

  #request(ask: Request['ask'], process: Process): void {
    const request: Request = { ask, acknowledged: null };
    this.#requests.push(request);
    this.#attempt(request, process);
  }

  #retry(of: number, process: Process): void {
    const open = this.#requests.filter(({ acknowledged }) => !acknowledged);
    const request = open[of % Math.max(1, open.length)];
    if (request) this.#attempt(request, process);
  }

  #attempt(request: Request, process: Process): void {
    const asked = request.ask(process).then((entry) => {
      request.acknowledged ??= entry;
    });
    this.#watch(asked);
  }

  async #page(process: Process, who: number): Promise<void> {
    const actor = this.#person(who % 2);
    const known = this.#acknowledged();
    const page = await pageMessages(process.core, actor, {
      conversationId: this.#conversationId,
      limit: 100,
    });
    checkPage(page, known);
    this.#devices.push({ actor, page });
  }

  /** Refusals and cut connections are part of the game; everything else is a bug, here or there. */
  #watch(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      const expected = error instanceof ConfabError || (error instanceof Error && error.message === 'cut');
      if (!expected) this.#bugs.push(error);
    });
  }

  /** Everything that is under way arrives, and from now on nothing waits. */
  async #settle(): Promise<void> {
    // What the last step asked for has to come to the gate first.
    await quiet();
    while (this.#gate.busy) await this.#gate.release(0, 'run');
    this.#gate.open = true;
    for (const { core } of this.#processes) await core.background.settled();
  }

  #acknowledged(): Entry[] {
    return this.#requests.flatMap(({ acknowledged }) => acknowledged ?? []);
  }

  #process(via: number): Process {
    const process = this.#processes[via % this.#processes.length];
    if (!process) throw new Error('there is no process');
    return process;
  }

  #person(who: number): Actor {
    return this.#parts.people[who % 3] ?? this.#parts.people[0];
  }
}
