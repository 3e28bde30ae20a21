import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const packageDirectory = fileURLToPath(new URL('../..', import.meta.url));

/** The store as its own process, as an operator runs it. */
export interface StoreProcess extends AsyncDisposable {
  uri: string;
  pid: number;
  /** kill -9, and the end of the process. */
  kill(): Promise<void>;
  /** SIGTERM, and the code that the process ends with. */
  stop(): Promise<number | null>;
}

interface Launch {
  flags?: string[];
  /** No file may grow past this: to lmdb what a full disk is. */
  fileKiBMax?: number;
}

/** A store that did not start: how it ended and what it said. */
export class StoreRefused extends Error {
  readonly exitCode: number | null;
  readonly said: string;

  constructor(exitCode: number | null, said: string) {
    super(`the store did not start (exit ${String(exitCode)}): ${said}`);
    this.exitCode = exitCode;
    this.said = said;
  }
}

/** Starts the store on `dataDir` and waits until it answers. Throws `StoreRefused` if it ends before. */
export async function startStoreProcess(dataDir: string, launch: Launch = {}): Promise<StoreProcess> {
  const args = ['--import', 'tsx', 'src/main.ts', '--data', dataDir, '--port', '0', ...(launch.flags ?? [])];
  // `exec` keeps the pid: what is killed is the store.
  const limited =
    launch.fileKiBMax === undefined
      ? []
      : ['bash', '-c', `ulimit -f ${launch.fileKiBMax}; exec "$@"`, 'bash'];
  const [program = process.execPath, ...rest] = [...limited, process.execPath, ...args];
  const child = spawn(program, rest, { cwd: packageDirectory, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const uri = await Promise.race([readyUri(child), ended.then(() => null)]);
  if (uri === null || child.pid === undefined) throw new StoreRefused(child.exitCode, said);
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return {
    uri,
    pid: child.pid,
    kill: () => kill('SIGKILL'),
    stop: async () => {
      await kill('SIGTERM');
      return child.exitCode;
    },
    [Symbol.asyncDispose]: () =>
      child.exitCode === null && child.signalCode === null ? kill('SIGTERM') : ended.then(),
  };
}

/** The address in the one line that the store prints when it answers; never, if there is no such line. */
async function readyUri(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the store has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const said: unknown = JSON.parse(line);
    if (isReady(said)) {
      child.stdout.resume();
      return said.uri;
    }
  }
  return new Promise(() => undefined);
}

function isReady(line: unknown): line is { uri: string } {
  return typeof line === 'object' && line !== null && 'uri' in line && typeof line.uri === 'string';
}
