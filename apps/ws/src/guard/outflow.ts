import { randomInt } from 'node:crypto';

export interface OutflowLimits {
  /** Sent, and not acknowledged. */
  readonly unacknowledgedBytesMax: number;
  /** Waiting here, behind that. */
  readonly waitingBytesMax: number;
}

interface OutflowHost {
  /** A frame, or a part of one: `fin` with the last part. */
  send(piece: string | Buffer, fin: boolean): void;
  /** A ping of the WebSocket protocol, which every client answers in its place: RFC 6455, 5.5.2. */
  ping(payload: Buffer): void;
  /** There is room again. */
  onRoom(): void;
  /** Monotonic milliseconds. */
  now(): number;
}

interface Piece {
  readonly data: string | Buffer;
  readonly bytes: number;
  readonly fin: boolean;
}

interface Marker {
  readonly id: number;
  /** Sent since the marker before. */
  readonly bytes: number;
  readonly sentAtMs: number;
}

/** Larger frames go in parts of this size, with markers in between: a slow reader of a large answer shows its progress. */
const pieceBytesMax = 32_768;
/** After so many bytes a marker follows; a quick reader has answered the one before, and needs fewer. */
const markEveryBytes = 65_536;
const markSlowEveryBytes = 32_768;
const noMarker = 0xffff_ffff;

/**
 * What goes out on one socket, in order. How far its reader is shows in the pongs that answer markers, pings among the
 * data, whatever buffers of kernels and tunnels lie in between: so it is known what a reader owes, what is kept for it is
 * bounded in bytes, and one that takes nothing is told from one that is slow.
 */
export class Outflow {
  readonly #limits: OutflowLimits;
  readonly #host: OutflowHost;
  #waiting: Piece[] = [];
  #waitingBytes = 0;
  #unacknowledgedBytes = 0;
  #sinceMarkerBytes = 0;
  #markers: Marker[] = [];
  #progressAtMs = 0;
  #hasEnded = false;

  constructor(limits: OutflowLimits, host: OutflowHost) {
    this.#limits = limits;
    this.#host = host;
  }

  /** Something waits: whoever produces more should not, now. */
  get isFull(): boolean {
    return this.#waiting.length > 0;
  }

  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  get unacknowledgedBytes(): number {
    return this.#unacknowledgedBytes;
  }

  /** Whether so many more bytes may wait. One frame alone is never too large. */
  hasRoomFor(bytes: number): boolean {
    return this.#waiting.length === 0 || this.#waitingBytes + bytes <= this.#limits.waitingBytesMax;
  }

  write(frame: string | Buffer, bytes: number): void {
    if (this.#hasEnded) return;
    if (bytes <= pieceBytesMax) {
      this.#put(frame, bytes, true);
      return;
    }
    const whole = typeof frame === 'string' ? Buffer.from(frame) : frame;
    for (let from = 0; from < bytes; from += pieceBytesMax) {
      const data = whole.subarray(from, from + pieceBytesMax);
      this.#put(data, data.length, from + pieceBytesMax >= bytes);
    }
  }

  /** A marker, where none is under way: its answer says that the client lives. */
  probe(): void {
    if (this.#markers.length === 0 && !this.#hasEnded) this.#mark();
  }

  /** A pong. False: it answers no marker. */
  acknowledge(payload: Buffer): boolean {
    const id = payload.length === 4 ? payload.readUInt32BE() : noMarker;
    const index = this.#markers.findIndex((marker) => marker.id === id);
    if (index === -1) return false;
    // A client may answer the last of several pings alone.
    for (const { bytes } of this.#markers.splice(0, index + 1)) this.#unacknowledgedBytes -= bytes;
    this.#proceed();
    return true;
  }

  /** What was sent has left this process, where pongs cannot be seen. */
  acknowledgeAll(): void {
    if (this.#unacknowledgedBytes === 0 && this.#markers.length === 0) return;
    this.#markers = [];
    this.#unacknowledgedBytes = 0;
    this.#sinceMarkerBytes = 0;
    this.#proceed();
  }

  /** The reader took something, or nobody can tell. */
  noteProgress(): void {
    this.#progressAtMs = this.#host.now();
  }

  /** For how long a marker has been waiting for its pong, and nothing was taken, in milliseconds. */
  stalledForMs(): number {
    const [oldest] = this.#markers;
    return oldest ? this.#host.now() - Math.max(oldest.sentAtMs, this.#progressAtMs) : 0;
  }

  /** Nothing more goes out. */
  end(): void {
    this.#hasEnded = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  #proceed(): void {
    this.noteProgress();
    while (this.#waiting[0] && this.#hasWindow()) {
      const piece = this.#waiting[0];
      this.#waiting.shift();
      this.#waitingBytes -= piece.bytes;
      this.#send(piece.data, piece.bytes, piece.fin);
    }
    if (!this.isFull) this.#host.onRoom();
  }

  #put(data: Piece['data'], bytes: number, fin: boolean): void {
    if (this.#waiting.length === 0 && this.#hasWindow()) {
      this.#send(data, bytes, fin);
      return;
    }
    this.#waiting.push({ data, bytes, fin });
    this.#waitingBytes += bytes;
  }

  #hasWindow(): boolean {
    return this.#unacknowledgedBytes < this.#limits.unacknowledgedBytesMax;
  }

  #send(data: Piece['data'], bytes: number, fin: boolean): void {
    this.#host.send(data, fin);
    this.#unacknowledgedBytes += bytes;
    this.#sinceMarkerBytes += bytes;
    const every = this.#markers.length === 0 ? markEveryBytes : markSlowEveryBytes;
    if (this.#sinceMarkerBytes >= every) this.#mark();
  }

  /** Its id cannot be guessed: nobody acknowledges what they have not read. */
  #mark(): void {
    const id = randomInt(noMarker);
    const payload = Buffer.allocUnsafe(4);
    payload.writeUInt32BE(id);
    this.#markers.push({ id, bytes: this.#sinceMarkerBytes, sentAtMs: this.#host.now() });
    this.#sinceMarkerBytes = 0;
    this.#host.ping(payload);
  }
}
