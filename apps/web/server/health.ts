import type { ServerResponse } from 'node:http';
import type { Backend, Health } from '@confab/api';

export const healthPath = '/healthz';

/** Asked by whoever keeps this process running: an answer says that it runs, whatever it says of the services behind. */
export const livenessPath = '/livez';

/** 200 while messages can be read and stored, else 503; the body says what is wrong. */
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

/** Costs nothing, so nobody is refused it. */
export function answerLiveness(backend: Pick<Backend, 'services'>, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(backend.services()));
}
