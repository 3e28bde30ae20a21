import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WorkReport } from './database-work.ts';

/** A running ws process. */
export interface WsNode {
  readonly url: string;
  reset(): Promise<void>;
  report(): Promise<WorkReport>;
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL('ws-process.ts', import.meta.url));

export async function startWsNode(services: {
  mongodbUri: string;
  redisUrl: string;
  origin: string;
}): Promise<WsNode> {
  const child = fork(program, [services.mongodbUri, services.redisUrl, services.origin], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const answer = async (question?: string): Promise<unknown> => {
    const answered = once(child, 'message');
    if (question !== undefined) child.send(question);
    return (await answered)[0];
  };
  const { port } = (await answer()) as { port: number };
  return {
    url: `ws://127.0.0.1:${String(port)}/ws`,
    async reset() {
      await answer('reset');
    },
    report: async () => (await answer('report')) as WorkReport,
    async stop() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
