import { describe, expect, test } from 'vitest';
import { createLog, errorFields, type Log, type LogLevel } from '../src/index.ts';

function memoryLog(level: LogLevel = 'debug'): {
  log: Log;
  lines: () => Record<string, unknown>[];
  raw: () => string;
} {
  const written: string[] = [];
  const log = createLog({ service: 'ws', level, destination: { write: (line) => void written.push(line) } });
  return {
    log,
    raw: () => written.join(''),
    lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

describe('a line', () => {
  test('is one JSON object with level, ISO time, service, event and its fields', () => {
    const { log, raw, lines } = memoryLog();
    log.info('user.signedIn', { userId: 'u1' });
    expect(raw().endsWith('\n')).toBe(true);
    expect(lines()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
        service: 'ws',
        event: 'user.signedIn',
        userId: 'u1',
      },
    ]);
  });

  test('is not written below the level, and is at or above it', () => {
    const { log, lines } = memoryLog('warn');
    log.debug('a.happened');
    log.info('b.happened');
    log.warn('c.happened');
    log.error('d.happened');
    expect(lines().map((line) => line['event'])).toEqual(['c.happened', 'd.happened']);
  });

  test('cannot have its event, level, time or service replaced by a field', () => {
    const { log, raw, lines } = memoryLog();
    log.child({ service: 'evil' }).info('message.sent', { event: 'message.forged', level: 'debug', time: 0 });
    expect(lines()[0]).toMatchObject({
      event: 'message.sent',
      service: 'ws',
      level: 'info',
      event_: 'message.forged',
    });
    expect(raw().match(/"event":/g)).toHaveLength(1);
    expect(raw().match(/"service":/g)).toHaveLength(1);
  });

  test('carries the fields of the child that wrote it', () => {
    const { log, lines } = memoryLog();
    log.child({ connectionId: 'c1' }).child({ userId: 'u1' }).info('socket.opened', { ip: '::1' });
    expect(lines()[0]).toMatchObject({ connectionId: 'c1', userId: 'u1', ip: '::1' });
  });
});

describe('secrets', () => {
  const secret = 'hunter2-hunter2';

  test.each([
    ['a password', { password: secret }],
    ['a token', { token: secret }],
    ['a nested token', { input: [{ deep: { sessionToken: secret } }] }],
    ['a cookie header', { headers: { Cookie: `confab_session=${secret}` } }],
    ['an authorization header', { headers: { authorization: `Bearer ${secret}` } }],
    ['an email', { email: `${secret}@example.org` }],
    ['the text of a message', { input: { text: secret } }],
    ['credentials in a URI', { uri: `mongodb://ada:${secret}@db.example.org/confab` }],
    ['a password with an @ in a URI', { uri: `redis://:a@${secret}@127.0.0.1:6379` }],
    [
      'credentials in the message of an error',
      { error: new Error(`cannot reach redis://:${secret}@127.0.0.1`) },
    ],
    [
      'credentials in a cause',
      errorFields(new Error('outer', { cause: new Error(`mongodb://a:${secret}@h`) })),
    ],
    [
      'a property of an error',
      { error: Object.assign(new Error('refused'), { command: { args: [secret] } }) },
    ],
    [
      'an email in the message of an error',
      { error: new Error(`dup key: { email: "${secret}@example.org" }`) },
    ],
    ['a circle', circle(secret)],
  ])('%s is not written', (_, fields) => {
    const { log, raw } = memoryLog();
    log.error('error.unexpected', fields);
    log.child(fields).info('something.happened');
    expect(raw()).toContain('error.unexpected');
    expect(raw()).toContain('something.happened');
    expect(raw()).not.toContain(secret);
  });

  test('only they are blanked: the host of a URI and other fields stay', () => {
    const { log, lines } = memoryLog();
    log.info('database.connected', {
      uri: 'mongodb://a:b@db.example.org/confab',
      userId: 'u1',
      at: new Date(0),
    });
    expect(lines()[0]).toMatchObject({
      uri: 'mongodb://[redacted]@db.example.org/confab',
      userId: 'u1',
      at: '1970-01-01T00:00:00.000Z',
    });
  });
});

describe('errors', () => {
  test('are written with name, message, code, their stack once, and their cause', () => {
    const cause = Object.assign(new TypeError('the socket was closed'), { code: 'ECONNRESET' });
    const { log, raw, lines } = memoryLog();
    log.error('error.unexpected', errorFields(new Error('could not send', { cause })));
    expect(lines()[0]).toMatchObject({
      error: {
        name: 'Error',
        message: 'could not send',
        stack: expect.stringContaining('create-log.test.ts') as string,
        cause: { name: 'TypeError', message: 'the socket was closed', code: 'ECONNRESET' },
      },
    });
    expect(raw().match(/Error: could not send/g)).toHaveLength(1);
  });

  test('that are their own cause, or no errors at all, are written too', () => {
    const own = new Error('round');
    own.cause = own;
    expect(JSON.stringify(errorFields(own)).length).toBeLessThan(100_000);
    expect(errorFields('plain').error).toEqual({ name: 'string', message: 'plain' });
    expect(errorFields(undefined).error).toEqual({
      name: 'undefined',
      message: 'not an error but undefined',
    });
  });
});

function circle(secret: string): object {
  const fields: Record<string, unknown> = { password: secret };
  fields['self'] = fields;
  return fields;
}

describe('what somebody can make happen at will', () => {
  function floodedLog(warningsPerMinute?: number) {
    const written: string[] = [];
    const clock = { now: 0 };
    const log = createLog({
      service: 'ws',
      level: 'info',
      destination: { write: (line) => void written.push(line) },
      now: () => clock.now,
      ...(warningsPerMinute !== undefined && { warningsPerMinute }),
    });
    const lines = () => written.map((line) => JSON.parse(line) as { event: string });
    return { log, clock, lines, events: () => lines().map(({ event }) => event) };
  }

  test('is written so many times a minute, each event by itself; the rest is counted and told', () => {
    const { log, clock, events } = floodedLog(3);
    for (let i = 0; i < 10; i++) log.warn('socket.refused');
    log.child({ a: 1 }).error('request.failed');
    log.info('message.sent');
    const refused = 'socket.refused';
    expect(events()).toEqual([refused, refused, refused, 'request.failed', 'message.sent']);
    clock.now = 59_999;
    log.child({ a: 1 }).warn('socket.refused');
    expect(events()).toHaveLength(5);
    clock.now = 60_000;
    log.warn('socket.refused');
    expect(events().slice(5)).toEqual(['log.linesOmitted', 'socket.refused']);
  });

  test('tells how many of what were left out', () => {
    const { log, clock, lines } = floodedLog(3);
    for (let i = 0; i < 10; i++) log.warn('socket.refused');
    clock.now = 60_000;
    log.warn('request.failed');
    expect(lines()[3]).toMatchObject({ event: 'log.linesOmitted', of: 'socket.refused', count: 7 });
  });

  test('(control) is written each time without a bound', () => {
    const { log, events } = floodedLog();
    for (let i = 0; i < 1_000; i++) log.warn('socket.refused');
    expect(events()).toHaveLength(1_000);
  });
});
