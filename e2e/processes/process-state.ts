import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

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

/** Seconds of CPU that a process has used since its start, in ticks of 10 ms. @throws Error when it has ended */
export function readCpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field, the program's name, may itself hold spaces and parentheses (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** The most memory that a process has had since its start, or since {@link forgetPeak}; bytes. */
export function readPeak(pid: number): number {
  return bytesOf(readFileSync(`/proc/${pid}/status`, 'utf8'), 'VmHWM');
}

/** Lets the kernel count a process' peak anew (proc(5), clear_refs). */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Linux tells of processes in files; elsewhere nothing of this can be read. */
export const hasProc = existsSync('/proc/self/stat');
