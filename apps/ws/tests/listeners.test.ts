import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '@confab/log';
import { clientAddressReader } from '@confab/api';
import { createWorld, testOrigin, type World } from '@confab/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { readEnv } from '../src/env.ts';
import { startNode } from './node.ts';

let world: World;
let socket: string;
const lines: string[] = [];
const log = createLog({
  service: 'ws',
  level: 'info',
  destination: { write: (line) => void lines.push(line) },
});

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => {
  socket = join(mkdtempSync(join(tmpdir(), 'confab-ws-')), 'ws.sock');
});
afterEach(() => {
  rmSync(join(socket, '..'), { recursive: true });
  lines.length = 0;
});

const upgrade = (address: string) => ({
  path: '/ws',
  headers: {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-version': '13',
    origin: testOrigin,
    'x-forwarded-for': address,
  },
});

/** The status of an answer; an upgrade without a cookie is refused, and logged with the address of whoever asked. */
const ask = (options: RequestOptions) =>
  new Promise<number | undefined>((resolve, reject) => {
    httpRequest({ agent: false, ...options }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
const addresses = () => lines.map((line) => (JSON.parse(line) as { address?: string }).address);

/** As ws has it by default: over TCP nobody is believed. */
const nobody = clientAddressReader(readEnv({ ...needed(), WS_SOCKET: '' }).TRUSTED_PROXIES);
function needed() {
  return { MONGODB_URI: 'mongodb://x', REDIS_URL: 'unix:///x' };
}

test('over the socket comes web, and names its clients; over TCP nobody is believed by default', async () => {
  const { server } = await startNode(world, { socket, log, clientAddress: nobody });
  expect(await ask({ socketPath: socket, ...upgrade('203.0.113.9') })).toBe(401);
  expect(await ask({ port: server.port, host: '127.0.0.1', ...upgrade('203.0.113.9') })).toBe(401);
  expect(await ask({ socketPath: socket, ...upgrade('2001:db8::1') })).toBe(401);
  expect(addresses()).toEqual(['203.0.113.9', '127.0.0.1', '2001:db8::1']);
});

test('control: where this machine is trusted, any program of it passes for anybody', async () => {
  const { server } = await startNode(world, { socket, log });
  await ask({ port: server.port, host: '127.0.0.1', ...upgrade('203.0.113.9') });
  expect(addresses()).toEqual(['203.0.113.9']);
});

test('without a port it listens on its socket alone, which is its owner’s', async () => {
  const { server } = await startNode(world, { socket, port: undefined });
  expect(server.port).toBe(0);
  expect(statSync(socket).mode & 0o777).toBe(0o600);
  expect(await ask({ socketPath: socket, path: '/livez' })).toBe(200);
});

test('a socket that a killed process left is taken over; one that is in use is not', async () => {
  const killed = `require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['-e', killed, socket]);
  expect(statSync(socket).isSocket()).toBe(true);
  await startNode(world, { socket });
  await expect(startNode(world, { socket })).rejects.toThrow(`another process listens on ${socket}`);
  expect(await ask({ socketPath: socket, path: '/livez' })).toBe(200);
});

test('a file that is no socket stays where it is', async () => {
  writeFileSync(socket, 'somebody’s');
  await expect(startNode(world, { socket })).rejects.toThrow('EADDRINUSE');
  expect(statSync(socket).isFile()).toBe(true);
});

test('the usual port is for those who named neither a port nor a socket', () => {
  expect(readEnv(needed())).toMatchObject({ WS_PORT: 3001, TRUSTED_PROXIES: [] });
  expect(readEnv({ ...needed(), WS_SOCKET: '/run/ws.sock' }).WS_PORT).toBeUndefined();
  expect(readEnv({ ...needed(), WS_SOCKET: '/run/ws.sock', WS_PORT: '4001' }).WS_PORT).toBe(4001);
  expect(() => readEnv({ ...needed(), WS_SOCKET: `/${'x'.repeat(103)}` })).toThrow('WS_SOCKET');
});
