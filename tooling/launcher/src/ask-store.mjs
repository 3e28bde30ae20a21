// @ts-check
import { connect } from 'node:net';

const opMsg = 2013;
const headerBytes = 16;

/** `{ ping: 1, $db: 'admin' }` as BSON (bsonspec.org): an int32 and a string, each `type name\0 value`. */
const ping = bson(
  Buffer.concat([Buffer.from('\x10ping\0\x01\0\0\0'), Buffer.from('\x02$db\0\x06\0\0\0admin\0')]),
);

/**
 * Resolves when a MongoDB server answers a ping, whatever it says. Rejects when nobody listens, the connection ends
 * before, or the signal aborts. In bytes, because the launcher runs before anything is installed.
 * @param {import('./address.mjs').Address} address
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export function askStore(address, signal) {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...address, signal }, () => socket.write(message(ping)));
    socket.once('data', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the store ended the connection')));
  });
}

/** @param {Buffer} elements */
function bson(elements) {
  const length = Buffer.alloc(4);
  length.writeInt32LE(elements.length + 5);
  return Buffer.concat([length, elements, Buffer.of(0)]);
}

/** OP_MSG with one section: flags, the section's kind 0, the document. @param {Buffer} document */
function message(document) {
  const head = Buffer.alloc(headerBytes + 5);
  head.writeInt32LE(head.length + document.length, 0);
  head.writeInt32LE(1, 4);
  head.writeInt32LE(opMsg, 12);
  return Buffer.concat([head, document]);
}
