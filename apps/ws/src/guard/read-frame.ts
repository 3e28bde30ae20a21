import { parseTRPCMessage } from '@trpc/server/rpc';

export type RequestId = number | string;

/** One message of tRPC's protocol that has a procedure called. */
export interface Call {
  readonly id: RequestId;
  readonly method: 'query' | 'mutation' | 'subscription';
}

/** What tRPC will make of a frame. */
export interface Frame {
  /**
   * `word`: PING or PONG, no JSON. `broken`: it calls nothing, and is answered so, or brings a connection's parameters.
   * `unanswerable`: an answer to it could not be told from others.
   */
  readonly kind: 'word' | 'broken' | 'unanswerable' | 'messages';
  /** How many messages there are in it: all of them, stops too. */
  readonly messages: number;
  readonly calls: readonly Call[];
}

/** Longer ones are nobody's: clients number their requests. */
const idLengthMax = 64;

const word: Frame = { kind: 'word', messages: 0, calls: [] };
const broken: Frame = { kind: 'broken', messages: 1, calls: [] };

/** Inputs are left as they are: to read them is the procedures' own affair. */
const untouched = {
  input: { serialize: (value: unknown) => value, deserialize: (value: unknown) => value },
  output: { serialize: (value: unknown) => value, deserialize: (value: unknown) => value },
};

/** Reads a frame as tRPC's own adapter does: what it refuses as a whole calls nothing. */
export function readFrame(data: Buffer, isBinary: boolean): Frame {
  const text = data.toString('utf8');
  if (!isBinary && (text === 'PING' || text === 'PONG')) return word;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // tRPC says so.
    return broken;
  }
  const messages: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  try {
    const calls = messages.flatMap(callOf);
    const kind = calls.every(({ id }) => isTellable(id)) ? 'messages' : 'unanswerable';
    return { kind, messages: messages.length, calls };
  } catch {
    return { ...broken, messages: messages.length };
  }
}

/** @throws Error where tRPC refuses the message */
function callOf(raw: unknown): Call[] {
  const { id, method } = parseTRPCMessage(raw, untouched);
  // One without an id is refused, and not called.
  const isCalled = typeof id === 'string' || typeof id === 'number';
  return method === 'subscription.stop' || !isCalled ? [] : [{ id, method }];
}

/** JSON has no infinite numbers: 1e999 is read, and written as null. */
function isTellable(id: RequestId): boolean {
  return typeof id === 'number' ? Number.isFinite(id) : id.length <= idLengthMax;
}
