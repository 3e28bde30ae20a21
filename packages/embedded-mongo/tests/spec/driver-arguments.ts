import { BSON } from 'mongodb';
import type { Fields } from './spec-file.ts';

/** Arguments that are, or hold, documents of the user's: they go to the driver as they are, with their BSON types. */
const documents = new Set([
  'arrayFilters',
  'command',
  'comment',
  'document',
  'documents',
  'failPoint',
  'filter',
  'let',
  'models',
  'pipeline',
  'replacement',
  'requests',
  'update',
]);

/**
 * An operation's arguments as a program writes them: options with plain numbers, for the driver does not take
 * `limit: new Int32(2)` for a limit.
 */
export function driverArguments(args: Fields): Fields {
  return mapFields(args, (name, value) => {
    if (name === 'requests' || name === 'models') return (value as Fields[]).map(driverRequest);
    if (name === 'returnDocument') return String(value).toLowerCase();
    return documents.has(name) ? value : plain(value);
  });
}

/** One request of a bulk write, by its kind: in it, only the sort and the hint are options. */
const driverRequest = (request: Fields): Fields =>
  mapFields(request, (_kind, fields) =>
    mapFields(fields as Fields, (name, value) => (name === 'sort' || name === 'hint' ? plain(value) : value)),
  );

const plain = (value: unknown): unknown =>
  (BSON.EJSON.deserialize(BSON.EJSON.serialize({ value }), { relaxed: true }) as Fields)['value'];

const mapFields = (fields: Fields, change: (name: string, value: unknown) => unknown): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(name, value)]));
