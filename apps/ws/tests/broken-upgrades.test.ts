import { connect } from 'node:net';
import { createWorld, testOrigin } from '@confab/testkit';
import { afterAll, expect, test } from 'vitest';
import { startNode } from './node.ts';

const world = await createWorld();
afterAll(() => world[Symbol.asyncDispose]());

/** The status line of the answer to an upgrade with this target and these headers, in bytes of our own. */
function statusOf(port: number, target: string, headers: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(
        `GET ${target} HTTP/1.1\r\n${headers}Connection: Upgrade\r\nUpgrade: websocket\r\n` +
          `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
      ),
    );
    socket.setEncoding('latin1').on('error', reject);
    socket.on('data', (chunk: string) => {
      socket.destroy();
      resolve(chunk.slice(0, 12));
    });
    socket.on('close', () => {
      resolve('');
    });
  });
}

const promised = '/ws?connectionParams=1';

test.each([
  ['a host that is none', promised, 'Host: [\r\n'],
  ['an empty host', promised, 'Host: \r\n'],
  ['a port that is none', promised, 'Host: x:99999\r\n'],
  ['a host of two words', promised, `Host: a b\r\nOrigin: ${testOrigin}\r\n`],
  ['a target that is no URL', '//', 'Host: x\r\n'],
  ['a target whose host is none', 'http://[/ws', 'Host: x\r\n'],
])('an upgrade with %s is answered, and throws nothing', async (_, target, headers) => {
  const node = await startNode(world);
  expect(await statusOf(node.server.port, target, headers)).toMatch(/^HTTP\/1\.1 (?:101|4\d\d)$/);
  expect(await statusOf(node.server.port, promised, 'Host: x\r\n')).toBe('HTTP/1.1 101');
});
