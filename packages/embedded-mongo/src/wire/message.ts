import { decodeDocument } from '../bson/decode.ts';
import { encodeDocument } from '../bson/encode.ts';
import { type Doc, RawDoc, type Value } from '../bson/value.ts';
import { messageBytesMax } from '../commands/handshake.ts';

const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const headerBytes = 16;
const checksumPresent = 1;
const moreToCome = 2;
/** Bits 0–15 are required to be understood. */
const requiredBits = 0xffff;

/** A frame that cannot be understood: its connection is closed, nobody else is concerned. */
export class ProtocolError extends Error {}

export interface Request {
  readonly requestId: number;
  readonly command: Doc;
  readonly legacy: boolean;
  /** False for `moreToCome`: the client reads no reply. */
  readonly wantsReply: boolean;
}

/** The length of the frame at the start of `buf`; undefined while its header is incomplete. */
export function frameLength(buf: Buffer): number | undefined {
  if (buf.length < 4) return undefined;
  const length = buf.readInt32LE(0);
  if (length < headerBytes || length > messageBytesMax) throw new ProtocolError(`frame of ${length} bytes`);
  return length;
}

/** Parses one whole frame: OP_MSG, or the legacy OP_QUERY that drivers greet with. */
export function parseRequest(frame: Buffer): Request {
  const requestId = frame.readInt32LE(4);
  const opcode = frame.readInt32LE(12);
  try {
    if (opcode === opMsg) return parseMsg(frame, requestId);
    if (opcode === opQuery) return parseQuery(frame, requestId);
  } catch (error) {
    throw new ProtocolError(error instanceof Error ? error.message : String(error));
  }
  throw new ProtocolError(`opcode ${opcode} is not supported`);
}

function parseMsg(frame: Buffer, requestId: number): Request {
  const flags = frame.readUInt32LE(headerBytes);
  if ((flags & requiredBits & ~(checksumPresent | moreToCome)) !== 0)
    throw new ProtocolError(`unknown flags ${flags}`);
  const end = frame.length - ((flags & checksumPresent) !== 0 ? 4 : 0);
  let pos = headerBytes + 4;
  let command: Doc | undefined;
  const sequences: [string, Value[]][] = [];
  while (pos < end) {
    const kind = frame[pos++];
    const size = frame.readInt32LE(pos);
    if (size < 5 || pos + size > end) throw new ProtocolError('section runs past its frame');
    if (kind === 0) {
      if (command !== undefined) throw new ProtocolError('two bodies');
      command = decodeDocument(frame.subarray(pos, pos + size));
    } else if (kind === 1) {
      sequences.push(parseSequence(frame.subarray(pos, pos + size)));
    } else {
      throw new ProtocolError(`section kind ${kind}`);
    }
    pos += size;
  }
  if (command === undefined) throw new ProtocolError('no body');
  for (const [name, documents] of sequences) command.set(name, documents);
  return { requestId, command, legacy: false, wantsReply: (flags & moreToCome) === 0 };
}

function parseSequence(section: Buffer): [string, Value[]] {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd < 0) throw new ProtocolError('unterminated sequence name');
  const documents: Value[] = [];
  let pos = nameEnd + 1;
  while (pos < section.length) {
    const size = section.readInt32LE(pos);
    if (size < 5 || pos + size > section.length) throw new ProtocolError('document runs past its section');
    documents.push(new RawDoc(section.subarray(pos, pos + size)));
    pos += size;
  }
  return [section.toString('utf8', 4, nameEnd), documents];
}

function parseQuery(frame: Buffer, requestId: number): Request {
  const nameEnd = frame.indexOf(0, headerBytes + 4);
  const command = decodeDocument(frame, nameEnd + 1 + 8);
  const database = frame.toString('utf8', headerBytes + 4, nameEnd).split('.')[0] ?? '';
  return { requestId, command: command.set('$db', database), legacy: true, wantsReply: true };
}

let nextId = 1;

export function encodeReply(request: Request, reply: Doc): Buffer {
  const body = encodeDocument(reply);
  const extra = request.legacy ? 20 : 5;
  const head = Buffer.alloc(headerBytes + extra);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(nextId++ & 0x7fffffff, 4);
  head.writeInt32LE(request.requestId, 8);
  head.writeInt32LE(request.legacy ? opReply : opMsg, 12);
  if (request.legacy) {
    head.writeInt32LE(8, 16);
    head.writeInt32LE(1, 32);
  }
  return Buffer.concat([head, body]);
}
