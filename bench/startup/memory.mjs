// @ts-check
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * The proportional set size of a process and all below it, by what they are: shared pages count once.
 * @param {number} top
 * @returns {{ megabytes: Record<string, number>, total: number }}
 */
export function memoryBelow(top) {
  const parents = new Map(allPids().map((pid) => [pid, parentOf(pid)]));
  /** @type {Record<string, number>} */
  const megabytes = {};
  let total = 0;
  for (const pid of parents.keys()) {
    if (!isBelow(pid, top, parents)) continue;
    const size = pssMegabytes(pid);
    const name = nameOf(pid);
    megabytes[name] = Math.round(((megabytes[name] ?? 0) + size) * 10) / 10;
    total += size;
  }
  return { megabytes, total: Math.round(total * 10) / 10 };
}

const allPids = () =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number);

/** @param {number} pid @param {number} top @param {Map<number, number>} parents */
function isBelow(pid, top, parents) {
  for (let at = pid; at > 1; at = parents.get(at) ?? 0) if (at === top) return true;
  return false;
}

/** @param {number} pid */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0; // It ended meanwhile.
  }
}

/** @param {number} pid */
function pssMegabytes(pid) {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
  } catch {
    return 0; // It ended meanwhile.
  }
}

/** Services run in folders of their own; what stands above them is told by its command. @param {number} pid */
function nameOf(pid) {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  if (command.includes('guard.sh')) return 'guards';
  if (command.includes('tooling/launcher')) return 'launcher';
  if (command.startsWith('npm ')) return 'npm';
  return basename(readlinkSync(`/proc/${pid}/cwd`));
}
