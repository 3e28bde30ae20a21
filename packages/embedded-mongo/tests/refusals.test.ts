import type { Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, World } from './world.ts';

const refused: readonly (readonly [string, Document, number])[] = [
  ['an unknown command', { mapReduce: 'c', map: '', reduce: '', out: {} }, 59],
  ['an unknown field of a command', { find: 'c', nonsense: 1 }, 40415],
  [
    'a transaction',
    { insert: 'c', documents: [{}], txnNumber: 1, startTransaction: true, autocommit: false },
    20,
  ],
  ['a change stream', { aggregate: 'c', pipeline: [{ $changeStream: {} }], cursor: {} }, 40573],
  ['a collation', { find: 'c', collation: { locale: 'en' } }, 72],
  ['an unknown operator', { find: 'c', filter: { a: { $foo: 1 } } }, 2],
  ['$where', { find: 'c', filter: { $where: '1' } }, 2],
  ['$text', { find: 'c', filter: { $text: { $search: 'x' } } }, 2],
  ['geo', { find: 'c', filter: { a: { $near: [0, 0] } } }, 2],
  ['an unknown stage', { aggregate: 'c', pipeline: [{ $foo: 1 }], cursor: {} }, 40324],
  ['an unknown expression', { aggregate: 'c', pipeline: [{ $set: { a: { $foo: 1 } } }], cursor: {} }, 168],
  ...['$out', '$merge', '$facet', '$bucket', '$documents', '$graphLookup', '$unionWith'].map(
    (stage) =>
      [`the stage ${stage}`, { aggregate: 'c', pipeline: [{ [stage]: 'x' }], cursor: {} }, 40324] as const,
  ),
  ...['$dateToString', '$year', '$toUpper', '$toString', '$convert', '$objectToArray', '$sqrt', '$round'].map(
    (name) =>
      [
        `the expression ${name}`,
        { aggregate: 'c', pipeline: [{ $set: { a: { [name]: '$s' } } }], cursor: {} },
        168,
      ] as const,
  ),
  [
    'a $lookup with a pipeline',
    { aggregate: 'c', pipeline: [{ $lookup: { from: 'c', as: 'x', pipeline: [] } }], cursor: {} },
    9,
  ],
  ...['$rename', '$bit'].map(
    (name) =>
      [`the modifier ${name}`, { findAndModify: 'c', query: {}, update: { [name]: { s: 'x' } } }, 9] as const,
  ),
  ['$mod in a filter', { find: 'c', filter: { a: { $mod: [2, 0] } } }, 2],
  ['a text index', { createIndexes: 'c', indexes: [{ key: { a: 'text' }, name: 'a' }] }, 67],
  ['a capped collection', { create: 'x', capped: true, size: 10 }, 40415],
  ['a time series', { create: 'x', timeseries: { timeField: 't' } }, 40415],
  ['a view', { create: 'x', viewOn: 'c', pipeline: [] }, 40415],
  ['a validator', { create: 'x', validator: { a: 1 } }, 40415],
  ['a tailable cursor', { find: 'c', tailable: true }, 40415],
  ['a positional projection', { find: 'c', projection: { 'list.$': 1 } }, 31395],
  ['the explanation of a write', { explain: { update: 'c', updates: [] } }, 20],
  ['a hint without its index', { find: 'c', hint: 'nope' }, 2],
  ['a snapshot read', { find: 'c', readConcern: { level: 'snapshot' } }, 20],
  ['a write concern of three', { insert: 'c', documents: [{}], writeConcern: { w: 3 } }, 2],
  ['an unknown modifier', { findAndModify: 'c', query: {}, update: { $foo: { a: 1 } } }, 9],
  ['modifiers in conflict', { findAndModify: 'c', query: {}, update: { $set: { a: 1, 'a.b': 1 } } }, 40],
  ['$inc of a string', { findAndModify: 'c', query: {}, update: { $inc: { s: 1 } } }, 14],
  ['$push on a scalar', { findAndModify: 'c', query: {}, update: { $push: { s: 1 } } }, 2],
  ['$set through a scalar', { findAndModify: 'c', query: {}, update: { $set: { 's.x': 1 } } }, 28],
  ['a change of _id', { findAndModify: 'c', query: {}, update: { $set: { _id: 2 } } }, 66],
  ['configureFailPoint without the flag', { configureFailPoint: 'failCommand', mode: 'off' }, 59],
  ['a missing index', { dropIndexes: 'c', index: 'nope' }, 27],
  ['the _id index dropped', { dropIndexes: 'c', index: '_id_' }, 72],
  ['a bad namespace', { find: '' }, 73],
];

describe('refusals', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
    await world.collection('c').insertOne({ _id: 1 as never, s: 'text' });
  });
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
  });

  it.each(refused)('refuses %s with its code', async (_name, command, code) => {
    const error = await refusal(world.client.db('test').command(command));
    expect(error['code']).toBe(code);
    expect(await world.collection('c').find({}).toArray()).toEqual([{ _id: 1, s: 'text' }]);
  });
});
