import { limits } from '@confab/contract';
import { createLog, type Log, type LogLevel } from '@confab/log';
import { type Backend, openBackend } from './backend.ts';

/** What every service needs of its configuration; see {@link serviceEnv}. */
export interface ServiceSettings {
  readonly LOG_LEVEL: LogLevel;
  readonly MONGODB_URI: string;
  readonly REDIS_URL: string;
  readonly REDIS_NAMESPACE: string;
  readonly PUBLIC_ORIGIN: readonly string[];
  readonly MESSAGE_DELETE_WINDOW_HOURS: number;
  readonly REGISTRATIONS_PER_ADDRESS: number;
}

export interface ServiceParts<Env> {
  readonly env: Env;
  readonly backend: Backend;
  readonly log: Log;
}

export interface RunningServer {
  readonly port: number;
  /** Gives answers under way so many milliseconds to leave. */
  close(graceMs: number): Promise<void>;
}

export interface Service<Env> {
  /** In every line of its log. */
  readonly name: string;
  /** @throws Error whose message tells what is wrong */
  readonly readEnv: () => Env;
  readonly start: (parts: ServiceParts<Env>) => Promise<RunningServer>;
  readonly graceMs: number;
}

/**
 * Runs a service as this process: configuration, backend, server, until SIGTERM or SIGINT. Whatever nobody handled ends
 * the process, because its state is unknown then; the supervisor starts another.
 */
export async function runService<Env extends ServiceSettings>(service: Service<Env>): Promise<void> {
  const env = readOrExit(service.readEnv);
  const log = createLog({
    service: service.name,
    level: env.LOG_LEVEL,
    warningsPerMinute: limits.logWarningsPerMinute,
  });
  const fail = (error: unknown) => {
    log.error('process.failed', { error });
    process.exit(1);
  };
  // A rejection that nobody handles arrives here too.
  process.on('uncaughtException', fail);

  try {
    const backend = await openBackend({
      mongodbUri: env.MONGODB_URI,
      redisUrl: env.REDIS_URL,
      namespace: env.REDIS_NAMESPACE,
      publicOrigins: env.PUBLIC_ORIGIN,
      deleteWindowHours: env.MESSAGE_DELETE_WINDOW_HOURS,
      registrationsPerAddress: env.REGISTRATIONS_PER_ADDRESS,
      log,
    });
    const server = await service.start({ env, backend, log });
    log.info('process.ready', { port: server.port });
    let stopping = false;
    const stop = (signal: NodeJS.Signals) => {
      if (stopping) return;
      stopping = true;
      log.info('process.stopping', { signal });
      server
        .close(service.graceMs)
        .then(() => backend.close())
        .then(() => process.exit(0), fail);
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  } catch (error) {
    fail(error);
  }
}

function readOrExit<Env>(readEnv: () => Env): Env {
  try {
    return readEnv();
  } catch (error) {
    // Before there is a log: the message is for whoever started it.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
