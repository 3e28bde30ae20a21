import { open, type RootDatabase } from 'lmdb';
import { decodeDocument } from '../bson/decode.ts';
import { encodeDocument } from '../bson/encode.ts';
import { docOf } from '../bson/value.ts';
import { formatValue } from '../bson/format-value.ts';
import { StartError } from './data-lock.ts';

export type Env = RootDatabase<Buffer, Buffer>;
/** A read transaction held open: one moment of the data. */
export type Snapshot = ReturnType<Env['useReadTransaction']>;

/** The layout of keys and records; a data directory of another one is refused. */
export const formatVersion = 1;

/** Ident 0 holds the store's own records; every collection and index has an ident of its own. */
const metaIdent = 0;

export function metaKey(kind: string, name = ''): Buffer {
  return Buffer.concat([identPrefix(metaIdent), Buffer.from(`${kind}:${name}`, 'utf8')]);
}

export function identPrefix(ident: number): Buffer {
  const prefix = Buffer.allocUnsafe(4);
  prefix.writeUInt32BE(ident);
  return prefix;
}

/** Key of an entry: 4 bytes of ident, then the bytes that order it. */
export function entryKey(ident: number, bytes: Buffer): Buffer {
  const key = Buffer.allocUnsafe(4 + bytes.length);
  key.writeUInt32BE(ident);
  bytes.copy(key, 4);
  return key;
}

/** Opens the data file and checks its format. `mapBytes` bounds how far it can grow. */
export function openEnvironment(dataDir: string, mapBytes: number): Env {
  const env = open<Buffer, Buffer>({
    path: dataDir,
    // lmdb would take a path with a dot in its last part for a file.
    noSubdir: false,
    encoding: 'binary',
    keyEncoding: 'binary',
    mapSize: mapBytes,
    maxDbs: 1,
    maxReaders: 64,
    // Honest commits: each one is on disk before it returns.
    overlappingSync: false,
  });
  const key = metaKey('format');
  const stored = env.get(key);
  if (stored === undefined) {
    env.putSync(key, encodeDocument(docOf({ version: formatVersion })));
    return env;
  }
  const version = decodeDocument(stored).get('version');
  if (version !== formatVersion) {
    void env.close();
    throw new StartError(
      'FORMAT_UNKNOWN',
      `The data is of format ${formatValue(version ?? null)}, this server knows ${formatVersion}`,
    );
  }
  return env;
}

const chunkEntries = 256;

/** All entries of an ident in chunks, each sought from the last key, as they were at `transaction`. */
export function* entriesOf(
  env: Env,
  ident: number,
  transaction: Snapshot,
): Generator<{ key: Buffer; value: Buffer }, void, void> {
  const end = identPrefix(ident + 1);
  let start = identPrefix(ident);
  for (;;) {
    const chunk = [...env.getRange({ start, end, limit: chunkEntries, transaction })];
    yield* chunk;
    const last = chunk.at(-1);
    if (last === undefined || chunk.length < chunkEntries) return;
    start = Buffer.concat([last.key, Buffer.of(0)]);
  }
}
