import { pause } from '../pause.ts';
import { type FailCommand, setFailPoint } from '../product/fail-point.ts';
import type { Random } from '../random.ts';
import { attempt, type Fault } from './fault.ts';

const writes = ['insert', 'update', 'findAndModify'];
/** ShutdownInProgress, PrimarySteppedDown, InterruptedAtShutdown: what a database says while it fails over. */
const errorCodes = [91, 189, 11_600];

const failCommand = (name: string, data: (random: Random) => FailCommand): Fault => ({
  name,
  async run({ product, signal }, random) {
    const isSet = await attempt(() => setFailPoint(product.mongodbUri, random.whole(5, 40), data(random)));
    if (!isSet) return false;
    await pause(random.whole(1_000, 3_000), signal);
    // One that was killed meanwhile has forgotten it.
    await attempt(() => setFailPoint(product.mongodbUri, 0, data(random)));
    return true;
  },
});

export const storeFaults: readonly Fault[] = [
  failCommand('delay writes', (random) => ({
    failCommands: writes,
    blockConnection: true,
    blockTimeMS: random.whole(100, 2_000),
  })),
  failCommand('fail writes', (random) => ({ failCommands: writes, errorCode: random.pick(errorCodes) })),
  failCommand('doubt writes', () => ({
    failCommands: writes,
    writeConcernError: { code: 64, errmsg: 'waiting for replication timed out' },
  })),
  failCommand('cut writes', () => ({ failCommands: writes, closeConnection: true })),
  failCommand('fail reads', (random) => ({
    failCommands: ['find', 'aggregate'],
    errorCode: random.pick(errorCodes),
  })),
];
