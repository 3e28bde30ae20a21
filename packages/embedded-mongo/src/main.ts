#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { startStore } from './start-store.ts';
import { StartError } from './storage/data-lock.ts';

function log(entry: Record<string, unknown>): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`);
}

function fail(error: unknown): never {
  const known = error instanceof StartError;
  const msg = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `${JSON.stringify({ level: 'error', code: known ? error.code : 'START_FAILED', ...(known ? error.detail : {}), msg })}\n`,
  );
  process.exit(1);
}

function numberOption(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d+$/.test(value))
    throw new StartError('BAD_ARGUMENT', `--${name} takes a whole number, not '${value}'`);
  return Number(value);
}

function readArguments(): Parameters<typeof startStore>[0] {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      port: { type: 'string' },
      host: { type: 'string' },
      socket: { type: 'string' },
      'map-bytes': { type: 'string' },
      'ttl-interval-ms': { type: 'string' },
      'fail-points': { type: 'boolean' },
    },
  });
  if (values.data === undefined)
    throw new StartError(
      'BAD_ARGUMENT',
      'usage: confab-store --data <dir> [--port <n, 0 = free>] [--socket <path>]',
    );
  return {
    dataDir: values.data,
    port: numberOption('port', values.port),
    host: values.host,
    socket: values.socket,
    mapBytes: numberOption('map-bytes', values['map-bytes']),
    ttlIntervalMs: numberOption('ttl-interval-ms', values['ttl-interval-ms']),
    failPoints: values['fail-points'],
    log,
  };
}

const store = await Promise.resolve()
  .then(() => startStore(readArguments()))
  .catch(fail);
let stopping = false;
function stop(): void {
  if (stopping) return;
  stopping = true;
  store.close().then(() => process.exit(0), fail);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.stdout.write(`${JSON.stringify({ ready: true, uri: store.uri })}\n`);
