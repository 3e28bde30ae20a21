import { openBackend } from '@confab/api';
import { createLog } from '@confab/log';
import { startWsServer } from '@confab/ws/server';
import { DatabaseWork } from './database-work.ts';

/**
 * One ws process as the product runs it, which also counts what it asks of the database: its parent sends `reset` and
 * `report`. Arguments: MongoDB's URI, Redis' URL, the origin of the clients.
 */
const [, , mongodbUri = '', redisUrl = '', origin = ''] = process.argv;
const log = createLog({ service: 'ws', level: 'warn' });
const backend = await openBackend({
  mongodbUri,
  redisUrl,
  namespace: 'bench',
  log,
  publicOrigins: [origin],
  monitorCommands: true,
});
const work = new DatabaseWork(backend.core.db.connection.getClient());
const server = await startWsServer({
  backend,
  log,
  host: '127.0.0.1',
  port: 0,
  publicOrigins: [origin],
  clientAddress: () => '127.0.0.1',
});
process.on('message', (message) => {
  if (message === 'reset') work.reset();
  process.send?.(message === 'report' ? work.report() : null);
});
// Its parent is gone: so is its purpose.
process.on('disconnect', () => process.exit(0));
process.send?.({ port: server.port });
