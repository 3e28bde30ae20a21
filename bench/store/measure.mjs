// @ts-check
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';

/** @param {number[]} values @param {number} share */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** @param {number} value */
export const round = (value) => Math.round(value * 100) / 100;

/**
 * How often a second `work` is done by `workers` side by side for about `ms`.
 * @param {{ workers: number, ms: number }} how
 * @param {(worker: number, turn: number) => Promise<unknown>} work
 */
export async function ratePerSecond({ workers, ms }, work) {
  const started = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      for (let turn = 0; performance.now() - started < ms; turn++) {
        await work(worker, turn);
        done++;
      }
    }),
  );
  return Math.round((done / (performance.now() - started)) * 1000);
}

/**
 * Appends and syncs of 300 bytes a second, on the disk that holds the data: what no durable store can pass alone.
 * @param {string} path
 */
export function rawSyncRate(path) {
  const file = openSync(path, 'w');
  const block = Buffer.alloc(300, 1);
  const started = performance.now();
  let done = 0;
  while (performance.now() - started < 1_500) {
    writeSync(file, block);
    fdatasyncSync(file);
    done++;
  }
  closeSync(file);
  rmSync(path);
  return Math.round((done / (performance.now() - started)) * 1000);
}
