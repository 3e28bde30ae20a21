import { pause, until } from '../pause.ts';
import type { ServiceName } from '../product/product.ts';
import type { Random } from '../random.ts';
import { type Component, portOf, processesOf, type Stage } from './stage.ts';

const servingMaxMs = 90_000;
/** Of the devices that have a network: a kill of what serves nobody shows nothing. */
const onlineShareMin = 0.8;
const inFlightMaxMs = 10_000;
const recoveryMaxMs = 90_000;
/** Until the supervisor has told that it is gone. */
const noticeMaxMs = 2_000;

export interface Kill {
  readonly component: Component;
  /**
   * From the kill until its process answers, every device that has a network is online, and a send begun afterwards is
   * acknowledged; null when the disturbed part of the run ended before.
   */
  readonly recoveryMs: Promise<number | null>;
}

/**
 * Kills one process of a component -9 while requests are under way through it: HTTP requests for web, sends over its
 * sockets for ws, any sends for what stands behind both. Null when there were none, or it was down: nothing was killed.
 */
export async function killInFlight(stage: Stage, component: Component, random: Random): Promise<Kill | null> {
  const { product, signal } = stage;
  if (!(await until(() => isServing(stage), { maxMs: servingMaxMs, signal }))) return null;
  const deadline = performance.now() + inFlightMaxMs;
  const busy = () => processesOf[component].filter((name) => isInFlight(stage, component, name));
  // Looked at again and again, not at the start of a send: so the kill falls anywhere in its life.
  while (busy().length === 0) {
    if (signal.aborted || performance.now() > deadline) return null;
    await pause(random.whole(0, 4));
  }
  const name = random.pick(busy());
  const killedAt = performance.now();
  if (!product.signal(name, 'SIGKILL')) return null;
  await until(() => !product.answers(name), { maxMs: noticeMaxMs });
  return { component, recoveryMs: recovered(stage, killedAt) };
}

async function recovered(stage: Stage, killedAt: number): Promise<number | null> {
  const isBack = await until(() => isRecovered(stage, killedAt), {
    maxMs: recoveryMaxMs,
    signal: stage.signal,
  });
  return isBack ? performance.now() - killedAt : null;
}

function isServing({ product, devices }: Stage): boolean {
  const connected = devices.filter(({ isOffline }) => !isOffline);
  return (
    product.ready && connected.filter(({ isOnline }) => isOnline).length >= connected.length * onlineShareMin
  );
}

function isInFlight(stage: Stage, component: Component, name: ServiceName): boolean {
  const { devices, doors } = stage;
  switch (component) {
    case 'web':
      return doors.web.requestsAt(portOf(stage, 'web', name)) > 0;
    case 'ws': {
      const port = portOf(stage, 'ws', name);
      return devices.some(({ journal, number }) => journal.isSending && doors.ws.processOf(number) === port);
    }
    case 'redis':
    case 'store':
      return devices.some(({ journal }) => journal.isSending);
  }
}

function isRecovered({ product, devices }: Stage, killedAt: number): boolean {
  return (
    product.ready &&
    devices.every(({ isOnline, isOffline }) => isOnline || isOffline) &&
    devices.some(({ journal }) => journal.lastAcknowledgedAt > killedAt)
  );
}
