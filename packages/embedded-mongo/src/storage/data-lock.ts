import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Start-up refusals, printed by main.ts as one line of JSON. */
export type StartErrorCode =
  'PORT_TAKEN' | 'DATA_LOCKED' | 'FORMAT_UNKNOWN' | 'BAD_ARGUMENT' | 'START_FAILED';

export class StartError extends Error {
  readonly code: StartErrorCode;
  readonly detail: Record<string, unknown>;
  constructor(code: StartErrorCode, message: string, detail: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.detail = detail;
  }
}

interface Holder {
  readonly pid: number;
  readonly startTicks: string;
}

/**
 * Two processes on one lmdb directory would diverge silently, so a file names the one that holds it. A holder is
 * told from a later process of the same pid by its start time, where the system tells it.
 */
export function lockDataDirectory(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'store.lock');
  const mine = JSON.stringify({ pid: process.pid, startTicks: startTicks(process.pid) } satisfies Holder);
  if (!createExclusively(path, mine)) {
    takeOver(path, dataDir);
    if (!createExclusively(path, mine)) throw locked(dataDir, readHolder(path)?.pid);
  }
  return () => {
    rmSync(path, { force: true });
  };
}

function createExclusively(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead holder's lock away. Racing starters may move a fresh one: that one is put back. */
function takeOver(path: string, dataDir: string): void {
  const holder = readHolder(path);
  if (holder !== undefined && isAlive(holder)) throw locked(dataDir, holder.pid);
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(aside);
  if (moved !== undefined && isAlive(moved)) {
    linkSync(aside, path);
    rmSync(aside);
    throw locked(dataDir, moved.pid);
  }
  rmSync(aside);
}

function locked(dataDir: string, pid: number | undefined): StartError {
  return new StartError('DATA_LOCKED', `Data directory ${dataDir} is in use by process ${pid ?? 'unknown'}`, {
    pid,
  });
}

/** undefined: gone, or torn by a crash while it was written. */
function readHolder(path: string): Holder | undefined {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    const { pid, startTicks: ticks } = parsed as Partial<Holder>;
    return typeof pid === 'number' && typeof ticks === 'string' ? { pid, startTicks: ticks } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const ticks = startTicks(holder.pid);
  return ticks === '' || holder.startTicks === '' || ticks === holder.startTicks;
}

/** Field 22 of /proc/<pid>/stat; empty where there is no such file. */
function startTicks(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
