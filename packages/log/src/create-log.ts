import { pino, type DestinationStream, type Logger } from 'pino';
import { errorFields } from './error-fields.ts';
import { LineCounts } from './line-counts.ts';
import { redact } from './redact.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/**
 * Writes named events. An event is named in the past tense (`user.signedIn`, `message.sent`); what happened to whom
 * is in its fields. An Error among the fields is written with its stack and causes; secrets are blanked by name.
 */
export interface Log {
  debug(event: string, fields?: object): void;
  info(event: string, fields?: object): void;
  warn(event: string, fields?: object): void;
  error(event: string, fields?: object): void;
  /** A log that adds these fields to each of its lines. */
  child(fields: object): Log;
}

export interface LogOptions {
  /** Which process is speaking: `web`, `ws`. */
  readonly service: string;
  /** Quieter events are not written. */
  readonly level: LogLevel;
  /** Standard output when absent. */
  readonly destination?: DestinationStream;
  /** Warnings and errors of one event that a minute holds; the others are counted. Absent: all of them. */
  readonly warningsPerMinute?: number;
  /** Milliseconds, for the minute; the process's own clock when absent. */
  readonly now?: () => number;
}

/** One JSON object a line: `{ level, time (ISO 8601), service, event, … }`. */
export function createLog({ service, level, destination, ...bounds }: LogOptions): Log {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const logger = destination === undefined ? pino(options) : pino(options, destination);
  const { warningsPerMinute = Infinity, now = () => performance.now() } = bounds;
  const counts = new LineCounts(warningsPerMinute, {
    tell: ({ event, count }) => {
      logger.warn({ event: 'log.linesOmitted', of: event, count });
    },
    now,
  });
  return wrap(logger, counts);
}

function wrap(logger: Logger, counts: LineCounts): Log {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (event: string, fields: object = {}) => {
      if (!logger.isLevelEnabled(level)) return;
      const isBounded = level === 'warn' || level === 'error';
      if (!isBounded || counts.admits(event)) logger[level]({ event, ...safeFields(fields) });
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (fields) => wrap(logger.child(safeFields(fields)), counts),
  };
}

/** The names that every line has are not for the fields to take: a line with two events has none. */
const reserved = new Set(['level', 'time', 'service', 'event']);

function safeFields(fields: object): Record<string, unknown> {
  const safe = redact(fields instanceof Error ? errorFields(fields) : fields);
  return Object.fromEntries(
    Object.entries(safe).map(([name, value]) => [reserved.has(name) ? `${name}_` : name, value]),
  );
}
