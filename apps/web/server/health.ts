import type { ServerResponse } from 'node:http';
import type { Backend, Health } from '@confab/api';

export const healthPath = '/healthz';

/** 200 while the database answers, else 503; the body names what is away. */
export async function answerHealth(
  backend: Pick<Backend, 'health'>,
  response: ServerResponse,
): Promise<void> {
  const health: Health = await backend.health();
  response.writeHead(health.ok ? 200 : 503, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(health));
}
