import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DiskRoom } from './disk-room.ts';
import { type Env, openEnvironment } from './environment.ts';

/** lmdb reuses freed pages but never gives them back; below this it is not worth a copy. */
const freeBytesMin = 64 * 2 ** 20;

interface Stats {
  readonly pageSize: number;
  readonly lastPageNumber: number;
  readonly treeBranchPageCount: number;
  readonly treeLeafPageCount: number;
  readonly overflowPages: number;
}

/**
 * Opens a data directory; when more than half of its file is free pages (after drops), its content is first copied
 * to a new file that takes the old one's place by one rename. A crash leaves the one or the other whole.
 */
export async function openCompacted(dataDir: string, mapBytes: number): Promise<Env> {
  const copyDir = join(dataDir, 'compacted');
  rmSync(copyDir, { recursive: true, force: true });
  const env = openEnvironment(dataDir, mapBytes);
  if (!isWorthwhile(env, new DiskRoom(dataDir))) return env;
  mkdirSync(copyDir, { mode: 0o700 });
  await env.backup(copyDir, true);
  await env.close();
  const copy = join(copyDir, 'data.mdb');
  sync(copy);
  renameSync(copy, join(dataDir, 'data.mdb'));
  sync(dataDir);
  rmSync(copyDir, { recursive: true });
  rmSync(join(dataDir, 'lock.mdb'), { force: true });
  return openEnvironment(dataDir, mapBytes);
}

function isWorthwhile(env: Env, room: DiskRoom): boolean {
  const stats = env.getStats() as Stats;
  const used = stats.treeBranchPageCount + stats.treeLeafPageCount + stats.overflowPages;
  const free = stats.lastPageNumber - used;
  return free > used && free * stats.pageSize > freeBytesMin && room.has(used * stats.pageSize);
}

function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
