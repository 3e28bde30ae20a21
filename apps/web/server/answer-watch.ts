import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { limits } from '@confab/contract';
import type { Log } from '@confab/log';
import { readKernelSendQueues, type SendQueues } from './kernel-send-queues.ts';

export interface WatchBounds {
  /** For how long an answer may make no progress. */
  readonly unreadMs: number;
  /** The same where the kernel does not tell what it holds. */
  readonly blindMs: number;
  /** Between two looks. */
  readonly everyMs: number;
  readonly bytesPerAddressMax: number;
  readonly bytesMax: number;
  /** For tests. */
  readonly sendQueues?: typeof readKernelSendQueues;
}

export const watchBounds: WatchBounds = {
  unreadMs: limits.unreadAnswerMs,
  blindMs: limits.unreadAnswerBlindMs,
  everyMs: 3_000,
  bytesPerAddressMax: limits.unreadAnswerBytesPerAddressMax,
  bytesMax: limits.unreadAnswerBytesMax,
};

interface Reader {
  readonly address: string;
  /** An answer is on its way, or being made. */
  isAnswered: boolean;
  /** What had left when it was last looked at: of our buffer, and of the kernel's. */
  progress: string;
  /** How often it was looked at since that changed. Looks are counted, not time: a process that slept saw nothing. */
  looks: number;
}

/** Less than this is in the peer's hands as soon as it is sent: its own kernel takes as much without anybody reading. */
const proofBytes = 65_536;
const shedDelayMs = 100;

/**
 * Watches over answers that wait to be read. A connection that takes nothing of its answer for a while is closed: by
 * progress, not by time, so that a slow reader stays. Beyond so many bytes of one address, or of all, the largest goes.
 */
export class AnswerWatch {
  readonly #readers = new Map<Socket, Reader>();
  readonly #bounds: WatchBounds;
  readonly #log: Log;
  readonly #timer: NodeJS.Timeout;
  #isSweeping = false;
  #shedding: NodeJS.Timeout | null = null;

  constructor(bounds: WatchBounds, log: Log) {
    this.#bounds = bounds;
    this.#log = log;
    this.#timer = setInterval(() => void this.#sweep(), bounds.everyMs).unref();
  }

  /** From the first byte of an answer to its last one's reception. */
  follow(response: ServerResponse, address: string): void {
    const { socket } = response;
    if (!socket) return;
    const before = socket.bytesWritten;
    this.#readers.set(socket, { address, isAnswered: true, progress: '', looks: 0 });
    response.once('close', () => {
      const reader = this.#readers.get(socket);
      if (socket.destroyed || socket.bytesWritten - before <= proofBytes) this.#readers.delete(socket);
      else if (reader) reader.isAnswered = false;
    });
  }

  /** To be asked when an answer has been handed over: it may be one too many. */
  check({ socket }: ServerResponse): void {
    if (this.#shedding || !socket || socket.writableLength <= proofBytes) return;
    // Soon, and once for all that end meanwhile: a look at everybody for each of many answers would be their square.
    this.#shedding = setTimeout(() => {
      this.#shedding = null;
      this.#shed();
    }, shedDelayMs).unref();
  }

  close(): void {
    clearInterval(this.#timer);
    if (this.#shedding) clearTimeout(this.#shedding);
  }

  async #sweep(): Promise<void> {
    if (this.#isSweeping || this.#readers.size === 0) return;
    this.#isSweeping = true;
    try {
      const [first] = this.#readers.keys();
      const { sendQueues = readKernelSendQueues } = this.#bounds;
      const queues = await sendQueues(first?.localPort ?? 0);
      for (const [socket, reader] of this.#readers) this.#look(socket, reader, queues);
      this.#shed();
    } finally {
      this.#isSweeping = false;
    }
  }

  #look(socket: Socket, reader: Reader, queues: SendQueues | null): void {
    const held = queues?.(socket) ?? 0;
    const unread = socket.writableLength + held;
    if (socket.destroyed || (!reader.isAnswered && unread === 0)) {
      this.#readers.delete(socket);
      return;
    }
    const progress = `${String(socket.bytesWritten - socket.writableLength)} ${String(held)}`;
    const hasMoved = unread === 0 || progress !== reader.progress;
    reader.looks = hasMoved ? 0 : reader.looks + 1;
    reader.progress = progress;
    const { unreadMs, blindMs, everyMs } = this.#bounds;
    const patienceMs = queues === null ? blindMs : unreadMs;
    if (reader.looks * everyMs >= patienceMs) this.#close(socket, reader, 'answer.unread');
  }

  /** Gives the largest answers up until what is left is within bounds. */
  #shed(): void {
    const largest = [...this.#readers].sort(([a], [b]) => b.writableLength - a.writableLength);
    const owed = new Map<string, number>();
    let total = 0;
    // From the smallest on: what fits, stays.
    for (const [socket, reader] of largest.reverse()) {
      const bytes = socket.writableLength;
      const ofAddress = (owed.get(reader.address) ?? 0) + bytes;
      if (
        bytes > 0 &&
        (ofAddress > this.#bounds.bytesPerAddressMax || total + bytes > this.#bounds.bytesMax)
      ) {
        this.#close(socket, reader, 'answer.tooMuchUnread');
        continue;
      }
      owed.set(reader.address, ofAddress);
      total += bytes;
    }
  }

  #close(socket: Socket, { address }: Reader, event: string): void {
    this.#log.warn(event, { address, bytes: socket.writableLength });
    this.#readers.delete(socket);
    socket.destroy();
  }
}
