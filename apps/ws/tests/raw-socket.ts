import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { GuardLimits } from '../src/guard/guard-options.ts';
import { guardLimits } from '../src/open-guard.ts';

/** A client that says what a test has it say. */
export interface RawSocket {
  readonly socket: WebSocket;
  /** What it heard, until it stopped reading. */
  readonly frames: string[];
  /** The code and the reason that it was closed with. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  send(message: unknown): void;
}

export async function openRaw(url: string, headers: Record<string, string>): Promise<RawSocket> {
  const socket = new WebSocket(url, { headers });
  const frames: string[] = [];
  socket.on('message', (data: Buffer) => frames.push(data.toString('utf8')));
  // A server that drops a connection resets it.
  socket.on('error', () => undefined);
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => {
      resolve({ code, reason: reason.toString() });
    });
  });
  await new Promise((resolve) => socket.once('open', resolve));
  onTestFinished(() => {
    socket.terminate();
  });
  return {
    socket,
    frames,
    closed,
    send: (message) => {
      socket.send(JSON.stringify(message));
    },
  };
}

export function call(id: number, path: string, input?: unknown, method = 'query') {
  return { id, method, params: { path, ...(input !== undefined && { input }) } };
}

const boundless = { burst: Infinity, perSecond: 1 };
const nothing = { frames: boundless, bytes: boundless, subscriptions: boundless };

/** A guard that lets everything pass: the control of each of its limits. */
export const noLimits: GuardLimits = {
  inflow: { callsMax: Infinity, waitingFramesMax: Infinity, waitingBytesMax: Infinity },
  outflow: { unacknowledgedBytesMax: Infinity, waitingBytesMax: Infinity },
  batchMax: Infinity,
  socketBudget: nothing,
  personBudget: nothing,
  stalledMs: Infinity,
  quietMs: Infinity,
};

/** The product's limits, but for what flies in too fast: a test has no time to send slowly. */
export const noBudgets: GuardLimits = { ...guardLimits, socketBudget: nothing, personBudget: nothing };
