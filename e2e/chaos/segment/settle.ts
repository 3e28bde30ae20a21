import { showsAll } from '../checker/check.ts';
import type { Device } from '../clients/device.ts';
import { pause, until } from '../pause.ts';
import type { Stage } from '../faults/stage.ts';
import type { Reader } from './reader.ts';

const readyMaxMs = 60_000;
/** For reconnects, for everything in the outboxes, and for what a device learns only when the server looks again. */
const outboxMaxMs = 90_000;
/** A change whose process was killed is taken over after 10 s, by a round that comes every 3 s. */
const caughtUpMaxMs = 60_000;
const olderPages = 3;
const olderMaxMs = 10_000;

/** How long it took from the end of the faults until nothing moved; null when it still did. */
export interface Settled {
  readonly sentMs: number | null;
  readonly caughtUpMs: number | null;
  /** The devices that had something left to do when no longer waited for, in words. */
  readonly unsettled: readonly string[];
}

/**
 * Waits until every device is online, has nothing left to send, and shows each log to its end. What does not come in
 * time is not waited for: it is the checker's to report.
 */
export async function settle({ product, devices }: Stage, reader: Reader): Promise<Settled> {
  const from = performance.now();
  const since = (isSo: boolean) => (isSo ? performance.now() - from : null);
  if (!(await until(() => product.ready, { maxMs: readyMaxMs })))
    throw new Error('the product did not come back');
  const unsettled = () => devices.flatMap(leftToDo);
  const sentMs = since(await until(() => unsettled().length === 0, { everyMs: 100, maxMs: outboxMaxMs }));
  const snapshots = await reader.readAll();
  const isCaughtUp = () => showsAll({ devices: devices.map((device) => device.log()), snapshots });
  const caughtUpMs = since(await until(isCaughtUp, { everyMs: 500, maxMs: caughtUpMaxMs }));
  for (let page = 0; page < olderPages; page += 1) {
    for (const device of devices) device.loadOlder();
    await until(() => devices.every(({ isLoadingOlder }) => !isLoadingOlder), { maxMs: olderMaxMs });
    await pause(0);
  }
  return { sentMs, caughtUpMs, unsettled: unsettled() };
}

/** What a device that is not settled waits for. */
function leftToDo({ number, connection, isOnline, outgoing, changing }: Device): string[] {
  if (isOnline && outgoing.length === 0 && changing.length === 0) return [];
  return [
    `device ${number} is ${connection}, with ${outgoing.length} messages and ${changing.length} changes to send`,
  ];
}
