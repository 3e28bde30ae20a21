// @ts-check
import { afterEach, expect, test, vi } from 'vitest';
import { appService } from '../src/services.mjs';
import { readSettings } from '../src/settings.mjs';

afterEach(() => void vi.unstubAllEnvs());

/** @param {Record<string, string>} env */
function settingsWith(env) {
  const none = { WEB_PORT: '', WS_PORT: '', STORE_PORT: '', REDIS_PORT: '', WS_INTERNAL_URL: '' };
  for (const [name, value] of Object.entries({ ...none, ...env })) vi.stubEnv(name, value);
  return readSettings();
}

test('web alone has a port by default; the others only when they are given one', () => {
  expect(settingsWith({}).ports).toEqual({ web: 3000 });
  const given = { WEB_PORT: '4000', WS_PORT: '4001', STORE_PORT: '4002', REDIS_PORT: '4003' };
  expect(settingsWith(given).ports).toEqual({ web: 4000, ws: 4001, store: 4002, redis: 4003 });
});

test.each([
  [{ WS_PORT: '3000' }, 'WEB_PORT and WS_PORT are both 3000'],
  [{ STORE_PORT: '4000', REDIS_PORT: '4000' }, 'STORE_PORT and REDIS_PORT are both 4000'],
  [{ REDIS_PORT: '65536' }, 'REDIS_PORT=65536 is not a port'],
  [{ WS_INTERNAL_URL: 'http://127.0.0.1:3001' }, 'leave it empty, or set WS_PORT too'],
])('%j is refused, and the refusal says what to change', (env, message) => {
  expect(() => settingsWith(env)).toThrow(message);
});

test('what somebody debugs is not watched: at a breakpoint it answers nobody', () => {
  const entry = { cwd: '.', development: [], production: [] };
  const address = { path: '/x' };
  const probeWith = (/** @type {string} */ options) =>
    appService(entry, { name: 'web', mode: 'development', address, env: { NODE_OPTIONS: options } }).probe;
  for (const options of ['--inspect', '--inspect=127.0.0.1:0', '--no-warnings --inspect-brk'])
    expect(probeWith(options), options).toBeUndefined();
  for (const options of ['', '--inspect-port=127.0.0.1:0', '--max-old-space-size=100'])
    expect(probeWith(options), options).toBeDefined();
});
