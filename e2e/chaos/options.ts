import { parseArgs } from 'node:util';

const usage = `Usage: pnpm chaos [--seed N] [--clients N]
       pnpm chaos --kills N [--seed N] [--clients N] [--segment-minutes N] [--resume] [--segment N]
The first form lets every kind of fault happen once. The second runs one segment on the way to N kills of each of web,
ws, Redis and the store; --resume goes on after the segments of the call before, --segment repeats one of them.`;

export interface Options {
  readonly seed: number;
  readonly clients: number;
  /** Of each component; null: the short form. */
  readonly kills: number | null;
  readonly segmentMinutes: number;
  readonly resume: boolean;
  /** The one to repeat. */
  readonly segment: number | null;
  /** Where to write how many checks passed and failed. */
  readonly countsFile: string | null;
}

/** What was asked for makes no sense; the message says so, and how it is done. */
export class UsageError extends Error {}

/** @throws UsageError */
export function readOptions(args: readonly string[]): Options {
  const { values } = parse(args);
  const number = (name: 'seed' | 'clients' | 'kills' | 'segment-minutes' | 'segment') => {
    const text = values[name];
    if (text === undefined) return null;
    if (!/^\d{1,9}$/.test(text))
      throw new UsageError(`--${name} takes a whole number, not "${text}".\n${usage}`);
    return Number(text);
  };
  const clients = number('clients') ?? 50;
  const segmentMinutes = number('segment-minutes') ?? 8;
  if (clients < 4 || clients > 500) throw new UsageError(`--clients takes 4 to 500.\n${usage}`);
  if (segmentMinutes < 3 || segmentMinutes > 60)
    throw new UsageError(`--segment-minutes takes 3 to 60.\n${usage}`);
  return {
    seed: number('seed') ?? 1,
    clients,
    kills: number('kills'),
    segmentMinutes,
    resume: values.resume ?? false,
    segment: number('segment'),
    countsFile: values['counts-file'] ?? null,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: args.filter((arg) => arg !== '--'),
      options: {
        seed: { type: 'string' },
        clients: { type: 'string' },
        kills: { type: 'string' },
        'segment-minutes': { type: 'string' },
        resume: { type: 'boolean' },
        segment: { type: 'string' },
        'counts-file': { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${usage}`, {
      cause: error,
    });
  }
}
