import type { Actor } from '@confab/core';
import { connectDatabase, type Database } from '@confab/db';
import fc from 'fast-check';
import { createWorld, type World } from '../src/index.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Fate } from './convergence/gate.ts';
import { Run, type RunParts, type Step } from './convergence/run.ts';
import {
  conversationsUnguarded,
  cursorReadLast,
  deletionYields,
  hintsAfterwards,
  knownFromAttempts,
  type Mutant,
  tombstonesDropped,
} from './mutants.ts';

const nat = fc.nat({ max: 7 });
const via = fc.nat({ max: 1 });
const fields = { who: nat, via, of: nat, on: fc.boolean() };
const doing = <const T extends string>(...names: T[]) => fc.constantFrom(...names);
const turns = (picks: fc.Arbitrary<number[]>, fate: fc.Arbitrary<Fate>) =>
  fc.record({ do: doing('turns'), via, picks, fate });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ ...fields, do: doing('send') }) },
  { weight: 4, arbitrary: fc.record({ ...fields, do: doing('edit') }) },
  { weight: 6, arbitrary: fc.record({ ...fields, do: doing('react') }) },
  { weight: 2, arbitrary: fc.record({ ...fields, do: doing('delete') }) },
  { weight: 4, arbitrary: fc.record({ do: doing('page'), who: nat, via }) },
  { weight: 1, arbitrary: fc.record({ do: doing('mark'), who: nat, via }) },
  { weight: 2, arbitrary: fc.record({ do: doing('add', 'remove', 'leave'), via }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: doing('rename', 'handOver', 'silence', 'unsilence'), who: nat, via }),
  },
  { weight: 1, arbitrary: fc.record({ do: doing('die'), via }) },
  { weight: 1, arbitrary: fc.record({ do: doing('sweep'), via }) },
  { weight: 6, arbitrary: fc.record({ do: doing('retry', 'hear'), of: nat, via }) },
  { weight: 22, arbitrary: turns(fc.array(nat, { minLength: 1, maxLength: 20, size: 'max' }), doing('run')) },
  { weight: 2, arbitrary: turns(fc.array(nat, { minLength: 1, maxLength: 1 }), doing('fail', 'lose')) },
);
const steps = fc.array(step, { minLength: 60, maxLength: 120, size: 'max' });

let world: World;
let databases: readonly Database[];
let people: RunParts['people'];

beforeAll(async () => {
  world = await createWorld();
  const { dbName } = world;
  const { log } = world.backend.core;
  const connect = () => connectDatabase({ uri: inject('mongodbUri'), dbName, log });
  databases = [await connect(), await connect()];
  const actor = async (name: string): Promise<Actor> => {
    const { id } = await world.person(name);
    return { userId: id, name, sessionId: '' };
  };
  people = [await actor('ada'), await actor('bob'), await actor('cleo')];
});
afterAll(async () => {
  await Promise.all(databases.map((db) => db.close()));
  await world[Symbol.asyncDispose]();
});

function property(mutant: Mutant) {
  const { core } = world.backend;
  return fc.asyncProperty(steps, (taken) => new Run({ databases, core, people, mutant }).play(taken));
}

const none: Mutant = () => undefined;

/** Fixed: what a run of the tests says is about the change at hand, not about what was drawn. */
const decidingSeed = 20_261_130;

describe('two processes that die and are delayed, and a bus that loses, doubles and reorders', () => {
  it('leave a log that holds all that was acknowledged, and pages that show all of the log', async () => {
    await fc.assert(property(none), {
      seed: decidingSeed,
      numRuns: 10,
      endOnFailure: true,
      interruptAfterTimeLimit: 15_000,
    });
  });

  it('are hunted at random beside that: what is found is told, and decides nothing', async ({ annotate }) => {
    const { failed, seed } = await fc.check(property(none), {
      numRuns: 5,
      endOnFailure: true,
      interruptAfterTimeLimit: 5_000,
    });
    if (failed) await annotate(`The hunt broke the property. Repeat it with seed ${String(seed)}.`);
  });
});

/**
 * Each with seeds that find it out, as many runs of the schedule that each draws. One of them is enough: the machine
 * decides in which order the database answers what is asked at once, and that can hide one of them (one answer in a
 * hundred differed, over 360 tries). After a change of `step` other seeds find it: look for them with numRuns 1.
 */
const broken: readonly [name: string, mutant: Mutant, seeds: readonly number[]][] = [
  ['known from attempts, not from acknowledgements', knownFromAttempts, [1, 4, 7]],
  ['hints after the acknowledgement', hintsAfterwards, [1, 2, 3]],
  ['no tombstones', tombstonesDropped, [7, 10, 14]],
  ['changes of deleted messages', deletionYields, [1, 7, 23]],
  ['a cursor that is read after the messages', cursorReadLast, [1, 6, 7]],
  ['conversations that late changes set back', conversationsUnguarded, [7, 14, 45]],
];

describe('the same is found out to be broken', () => {
  it.each(broken)('with %s', async (_, mutant, seeds) => {
    const found: number[] = [];
    for (const seed of seeds) {
      const { failed } = await fc.check(property(mutant), { seed, numRuns: 1, endOnFailure: true });
      if (failed) found.push(seed);
    }
    expect(found).not.toEqual([]);
  });
});
