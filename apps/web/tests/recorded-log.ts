import { createLog, type Log } from '@confab/log';

export interface LogLine {
  readonly level: string;
  readonly event: string;
  readonly [field: string]: unknown;
}

export interface RecordedLog {
  readonly log: Log;
  readonly lines: readonly LogLine[];
  readonly named: (event: string) => LogLine[];
}

/** A log that is read back: the lines that were written so far, as they would stand in a file. */
export function recordedLog(): RecordedLog {
  const lines: LogLine[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as LogLine) };
  return {
    log: createLog({ service: 'test', level: 'info', destination }),
    lines,
    named: (event) => lines.filter((line) => line.event === event),
  };
}
