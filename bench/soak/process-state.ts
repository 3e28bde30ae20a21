import { readdirSync, readFileSync } from 'node:fs';

/** A process as Linux sees it; sizes in bytes. */
export interface ProcessState {
  readonly rss: number;
  /** Of `rss`, what is no file's: heaps and stacks. The store's data are pages of its file. */
  readonly anonymous: number;
  /** Shared pages divided among those that share them. */
  readonly pss: number;
  readonly descriptors: number;
  readonly threads: number;
}

/** @throws Error when the process has ended */
export function readProcessState(pid: number): ProcessState {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return {
    rss: bytesOf(status, 'VmRSS'),
    anonymous: bytesOf(status, 'RssAnon'),
    pss: bytesOf(rollup, 'Pss'),
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    threads: numberOf(status, 'Threads'),
  };
}

const bytesOf = (text: string, name: string) => numberOf(text, name) * 1_024;

function numberOf(text: string, name: string): number {
  const [, value] = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text) ?? [];
  if (value === undefined) throw new Error(`/proc does not tell ${name}`);
  return Number(value);
}
