import { setImmediate } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import type { FairGate } from './fair-gate.ts';
import { NotBegunError } from './not-begun-error.ts';
import { currentScope } from './operation-scope.ts';

type Method = (...args: unknown[]) => unknown;
type Collection = mongo.Collection;
type Cursor = mongo.AbstractCursor;

/** What the driver answers with a cursor, which asks the server when it is read. */
const cursorMethods: ReadonlySet<string | symbol> = new Set(['find', 'aggregate', 'listIndexes']);
/** Of a collection: these ask the server at a time of their own. Nobody needs them; they must not go around the gate. */
const barredOfCollection: ReadonlySet<string | symbol> = new Set([
  'watch',
  'initializeOrderedBulkOp',
  'initializeUnorderedBulkOp',
  'listSearchIndexes',
]);
const readsOfCursor: ReadonlySet<string | symbol> = new Set([
  'next',
  'tryNext',
  'hasNext',
  'explain',
  'count',
]);
const barredOfCursor: ReadonlySet<string | symbol> = new Set([Symbol.asyncIterator, 'stream', 'forEach']);

/**
 * Puts a gate in front of everything that a database's collections send: mongoose takes them from here. The driver
 * would queue without an end and without turns before its connections; and it takes a session for each operation in
 * that queue, keeps all of them for half an hour, and walks them at the end of each operation: a process that was
 * flooded once would stay slow.
 *
 * Only public methods are wrapped, on objects: what they call among themselves has passed already.
 */
export function gateDriver(db: mongo.Db, gate: FairGate): void {
  const open = db.collection.bind(db);
  db.collection = ((name, options) => gatedCollection(open(name, options), gate)) as typeof db.collection;
}

function gatedCollection(collection: Collection, gate: FairGate): Collection {
  return wrapped(collection, (name, method) => {
    if (barredOfCollection.has(name)) return barred(name);
    if (cursorMethods.has(name)) return (...args) => gatedCursor(method(...args) as Cursor, gate);
    return (...args) => gate.run(currentScope(), async () => method(...args));
  });
}

function gatedCursor(cursor: Cursor, gate: FairGate): Cursor {
  const gated: Cursor = wrapped(cursor, (name, method) => {
    if (barredOfCursor.has(name)) return barred(name);
    if (name === 'toArray') return () => gate.run(currentScope(), () => readAll(cursor));
    if (readsOfCursor.has(name)) return (...args) => gate.run(currentScope(), async () => method(...args));
    return (...args) => {
      const result = method(...args);
      return result === cursor ? gated : result;
    };
  });
  return gated;
}

/** Documents of a reply are decoded so long in one go; then the process turns to others. A long one takes 0.5 ms. */
const sliceMs = 4;
const sliceDocuments = 4;

/**
 * All batches in one turn: a cursor that is half read keeps a session. Between two of them, whoever left is left.
 * The command that runs meanwhile is let run: the driver can only end it by closing its connection, and a new
 * connection costs more than the answer.
 */
async function readAll(cursor: Cursor): Promise<unknown[]> {
  const { signal } = currentScope();
  const found: unknown[] = [];
  while (await cursor.hasNext()) {
    await decodeBatch(cursor, found);
    if (!signal?.aborted || cursor.closed) continue;
    await cursor.close();
    throw new NotBegunError('left');
  }
  return found;
}

/** The driver decodes a document when it is taken: megabytes of them in one go would hold up everybody. */
async function decodeBatch(cursor: Cursor, found: unknown[]): Promise<void> {
  let from = performance.now();
  for (;;) {
    const documents: unknown[] = cursor.readBufferedDocuments(sliceDocuments);
    if (documents.length === 0) return;
    found.push(...documents);
    if (performance.now() - from < sliceMs) continue;
    await setImmediate();
    from = performance.now();
  }
}

function barred(name: string | symbol): never {
  throw new Error(`${String(name)} would go around the gate before the database`);
}

/** An object whose methods, called from outside, are what `wrap` makes of them; within it they call each other as ever. */
function wrapped<Target extends object>(
  target: Target,
  wrap: (name: string | symbol, method: Method) => Method,
): Target {
  return new Proxy(target, {
    get(_, name) {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? wrap(name, (value as Method).bind(target)) : value;
    },
  });
}
