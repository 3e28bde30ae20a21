import { parseArgs } from 'node:util';
import { attacks } from './list.ts';

const usage = `Usage: pnpm attacks [--long] [--only NAME]...
Every attack once beside a canary, in small; --long in full, one fresh product each, judged by latencies too.
Names: ${attacks.map(({ name }) => name).join(', ')}.`;

export interface Options {
  readonly long: boolean;
  /** Names; empty: all. */
  readonly only: readonly string[];
  /** Where to write how many checks passed and failed. */
  readonly countsFile: string | null;
}

/** What was asked for makes no sense; the message says so, and how it is done. */
export class UsageError extends Error {}

/** @throws UsageError */
export function readOptions(args: readonly string[]): Options {
  const { long = false, only = [], 'counts-file': countsFile = null } = parse(args);
  const unknown = only.filter((name) => attacks.every((attack) => attack.name !== name));
  if (unknown.length > 0) throw new UsageError(`There is no ${unknown.join(', ')}.\n${usage}`);
  return { long, only, countsFile };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: args.filter((arg) => arg !== '--'),
      options: {
        long: { type: 'boolean' },
        only: { type: 'string', multiple: true },
        'counts-file': { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${usage}`, {
      cause: error,
    });
  }
}
